// A session's configuration → how its SQL texts are parsed.
#pragma once

#include "parse/sql/parser.h"
#include "session/session.h"

namespace grebe::pipeline {

parse::sql::ParseOptions parse_options(const session::Session& session);

}  // namespace grebe::pipeline
