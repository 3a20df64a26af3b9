// The fuzzers' door into the conversion of messages.
#include "parse/proto/fuzz.h"

#include <google/protobuf/io/coded_stream.h>

#include "parse/proto/conversion.h"
#include "spark/connect/base.pb.h"

namespace grebe::parse::proto {

std::optional<plan::Statement> convert_plan_bytes(std::string_view bytes) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  input.SetRecursionLimit(kMaxDepth);
  sc::Plan plan;
  if (!plan.ParseFromCodedStream(&input)) return std::nullopt;
  return parse_plan(plan);
}

}  // namespace grebe::parse::proto
