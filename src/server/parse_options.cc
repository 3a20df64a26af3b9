// See parse_options.h.
#include "server/parse_options.h"

#include "pipeline/sql_text.h"

namespace grebe::server {

parse::proto::ConvertOptions convert_options(const session::Session& session) {
  return {.sql = pipeline::parse_options(session)};
}

}  // namespace grebe::server
