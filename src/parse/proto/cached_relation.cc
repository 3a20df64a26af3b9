// Bytes of a cached local relation (an artifact) → the relation that they hold.
#include <string>

#include "core/spark_error.h"
#include "parse/proto/converter.h"
#include "spark/connect/relations.pb.h"

namespace grebe::parse::proto {

plan::RelationPtr parse_cached_local_relation(std::string_view bytes,
                                              const ConvertOptions& options) {
  spark::connect::Relation relation;
  if (!relation.mutable_local_relation()->ParseFromArray(bytes.data(),
                                                         static_cast<int>(bytes.size()))) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            "The cached local relation holds no serialized LocalRelation");
  }
  return parse_relation(relation, options);
}

}  // namespace grebe::parse::proto
