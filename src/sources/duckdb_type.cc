// A small recursive-descent reader of DuckDB's type texts.
#include "sources/duckdb_type.h"

#include <charconv>
#include <string>

#include "core/spark_error.h"

namespace grebe::sources {
namespace {

using types::DataType;

class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : text_(text), rest_(text) {}

  DataType read_all() {
    DataType type = read();
    if (!rest_.empty()) refuse();
    return type;
  }

 private:
  [[noreturn]] void refuse() const {
    throw core::unsupported("the file column type " + std::string(text_));
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) {
    if (!take(token)) refuse();
  }

  int number() {
    while (take(" ")) {
    }
    int value = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (result.ec != std::errc()) refuse();
    rest_.remove_prefix(static_cast<size_t>(result.ptr - rest_.data()));
    return value;
  }

  std::string field_name() {
    std::string name;
    if (take("\"")) {
      while (!rest_.empty()) {
        if (take("\"\"")) {
          name += '"';
        } else if (take("\"")) {
          return name;
        } else {
          name += rest_[0];
          rest_.remove_prefix(1);
        }
      }
      refuse();
    }
    while (!rest_.empty() && rest_[0] != ' ') {
      name += rest_[0];
      rest_.remove_prefix(1);
    }
    return name;
  }

  DataType read() {
    DataType type = read_base();
    for (;;) {
      if (take("[]")) {
        type = DataType::array(std::move(type), true);
      } else if (take("[")) {  // fixed-size arrays
        number();
        expect("]");
        type = DataType::array(std::move(type), true);
      } else {
        return type;
      }
    }
  }

  DataType read_base() {
    if (take("STRUCT(")) {
      std::vector<types::StructField> fields;
      do {
        while (take(" ")) {
        }
        std::string name = field_name();
        expect(" ");
        fields.push_back({std::move(name), read(), true});
      } while (take(","));
      expect(")");
      return DataType::struct_type(std::move(fields));
    }
    if (take("MAP(")) {
      DataType key = read();
      expect(",");
      while (take(" ")) {
      }
      DataType value = read();
      expect(")");
      return DataType::map(std::move(key), std::move(value), true);
    }
    if (take("DECIMAL(")) {
      const int precision = number();
      expect(",");
      const int scale = number();
      expect(")");
      return DataType::decimal(precision, scale);
    }
    if (take("ENUM(")) {
      int depth = 1;
      while (!rest_.empty() && depth > 0) {
        if (rest_[0] == '(') ++depth;
        if (rest_[0] == ')') --depth;
        rest_.remove_prefix(1);
      }
      return DataType::string();
    }
    return read_plain();
  }

  DataType read_plain() {
    struct Name {
      std::string_view text;
      DataType (*make)();
    };
    // Longer names stand before their prefixes. Unsigned types take Spark's next wider one.
    static const Name kNames[] = {
        {"TIMESTAMP WITH TIME ZONE", [] { return DataType::timestamp(); }},
        {"TIMESTAMP_NS", [] { return DataType::timestamp_ntz(); }},
        {"TIMESTAMP_MS", [] { return DataType::timestamp_ntz(); }},
        {"TIMESTAMP_S", [] { return DataType::timestamp_ntz(); }},
        {"TIMESTAMP", [] { return DataType::timestamp_ntz(); }},
        {"BOOLEAN", [] { return DataType::boolean(); }},
        {"UTINYINT", [] { return DataType::short_type(); }},
        {"TINYINT", [] { return DataType::byte(); }},
        {"USMALLINT", [] { return DataType::integer(); }},
        {"SMALLINT", [] { return DataType::short_type(); }},
        {"UINTEGER", [] { return DataType::long_type(); }},
        {"INTEGER", [] { return DataType::integer(); }},
        {"UBIGINT", [] { return DataType::decimal(20, 0); }},
        {"BIGINT", [] { return DataType::long_type(); }},
        {"FLOAT", [] { return DataType::float_type(); }},
        {"DOUBLE", [] { return DataType::double_type(); }},
        {"VARCHAR", [] { return DataType::string(); }},
        {"JSON", [] { return DataType::string(); }},
        {"UUID", [] { return DataType::string(); }},
        {"BLOB", [] { return DataType::binary(); }},
        {"DATE", [] { return DataType::date(); }},
        {"\"NULL\"", [] { return DataType::void_type(); }},
    };
    for (const auto& [name, make] : kNames) {
      if (take(name)) return make();
    }
    refuse();
  }

  std::string_view text_;
  std::string_view rest_;
};

}  // namespace

types::DataType parse_duckdb_type(std::string_view text) { return TypeReader(text).read_all(); }

}  // namespace grebe::sources
