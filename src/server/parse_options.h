// A session's configuration → how the texts inside its messages are parsed.
#pragma once

#include "parse/proto/converter.h"
#include "session/session.h"

namespace grebe::server {

parse::proto::ConvertOptions convert_options(const session::Session& session);

}  // namespace grebe::server
