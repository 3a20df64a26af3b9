// JSON texts taken apart: paths, fields, elements, scalars.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using Json = nlohmann::ordered_json;
using View = std::string_view;

/// The text as JSON; discarded when it is malformed.
Json parse(View text) { return Json::parse(text, nullptr, false); }

/// A node as Spark prints it: texts bare, the rest compact.
std::string node_text(const Json& node) {
  return node.is_string() ? node.get<std::string>()
                          : node.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// One step of a JSON path: a field name, an index, or all elements.
struct Step {
  enum class Kind : unsigned char { kField, kIndex, kAll } kind;
  std::string name = {};
  size_t index = 0;
};

std::optional<std::vector<Step>> parse_path(View path) {
  if (path.empty() || path[0] != '$') return std::nullopt;
  std::vector<Step> steps;
  size_t i = 1;
  while (i < path.size()) {
    if (path[i] == '.') {
      const size_t end = path.find_first_of(".[", i + 1);
      const View name = path.substr(i + 1, end == View::npos ? View::npos : end - i - 1);
      if (name.empty()) return std::nullopt;
      if (name == "*") {
        steps.push_back({.kind = Step::Kind::kAll});
      } else {
        steps.push_back({.kind = Step::Kind::kField, .name = std::string(name)});
      }
      i = end == View::npos ? path.size() : end;
    } else if (path[i] == '[') {
      const size_t end = path.find(']', i);
      if (end == View::npos) return std::nullopt;
      const View inside = path.substr(i + 1, end - i - 1);
      if (inside == "*") {
        steps.push_back({.kind = Step::Kind::kAll});
      } else if (inside.size() > 2 && inside.front() == '\'' && inside.back() == '\'') {
        steps.push_back(
            {.kind = Step::Kind::kField, .name = std::string(inside.substr(1, inside.size() - 2))});
      } else {
        size_t index = 0;
        if (inside.empty()) return std::nullopt;
        for (const char c : inside) {
          if (c < '0' || c > '9') return std::nullopt;
          index = index * 10 + static_cast<size_t>(c - '0');
        }
        steps.push_back({.kind = Step::Kind::kIndex, .index = index});
      }
      i = end + 1;
    } else {
      return std::nullopt;
    }
  }
  return steps;
}

void collect(const Json& node, const std::vector<Step>& steps, size_t at,
             std::vector<const Json*>* found) {
  if (at == steps.size()) {
    if (!node.is_null()) found->push_back(&node);
    return;
  }
  const Step& step = steps[at];
  switch (step.kind) {
    case Step::Kind::kField:
      if (node.is_object()) {
        const auto field = node.find(step.name);
        if (field != node.end()) collect(*field, steps, at + 1, found);
      } else if (node.is_array() && at > 0 && steps[at - 1].kind == Step::Kind::kAll) {
        for (const Json& element : node) collect(element, steps, at, found);
      }
      return;
    case Step::Kind::kIndex:
      if (node.is_array() && step.index < node.size()) {
        collect(node[step.index], steps, at + 1, found);
      }
      return;
    case Step::Kind::kAll:
      if (node.is_array() || node.is_object()) {
        for (const Json& element : node) collect(element, steps, at + 1, found);
      }
      return;
  }
}

std::optional<std::string> get_object(View text, View path) {
  const auto steps = parse_path(path);
  const Json json = parse(text);
  if (!steps || json.is_discarded()) return std::nullopt;
  std::vector<const Json*> found;
  collect(json, *steps, 0, &found);
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return node_text(*found[0]);
  Json list = Json::array();
  for (const Json* node : found) list.push_back(*node);
  return node_text(list);
}

duckdb::Value text_list(const std::vector<std::string>& texts) {
  duckdb::vector<duckdb::Value> values;
  for (const std::string& each : texts) values.emplace_back(each);
  return duckdb::Value::LIST(LogicalType::VARCHAR, std::move(values));
}

}  // namespace

void add_json_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  const LogicalType list = LogicalType::LIST(text);
  registry.add(binary_kernel<View, View>(
      "grebe_get_json_object", text, text, text,
      [](const KernelContext&, View value, View path) { return get_object(value, path); }));
  registry.add(unary_kernel<View>("grebe_json_array_length", text, LogicalType::INTEGER,
                                  [](const KernelContext&, View value) -> std::optional<int32_t> {
                                    const Json json = parse(value);
                                    if (!json.is_array()) return std::nullopt;
                                    return static_cast<int32_t>(json.size());
                                  }));
  registry.add(
      value_kernel("grebe_json_object_keys", {text}, list,
                   [list](const KernelContext&, const duckdb::vector<duckdb::Value>& arguments) {
                     const Json json = parse(duckdb::StringValue::Get(arguments[0]));
                     if (!json.is_object()) return duckdb::Value(list);
                     std::vector<std::string> keys;
                     for (const auto& item : json.items()) keys.push_back(item.key());
                     return text_list(keys);
                   }));
  registry.add(
      value_kernel("grebe_json_elements", {text}, list,
                   [list](const KernelContext&, const duckdb::vector<duckdb::Value>& arguments) {
                     const Json json = parse(duckdb::StringValue::Get(arguments[0]));
                     if (!json.is_array()) return duckdb::Value(list);
                     std::vector<std::string> elements;
                     for (const Json& element : json) elements.push_back(element.dump());
                     return text_list(elements);
                   }));
  registry.add(binary_kernel<View, View>(
      "grebe_json_field", text, text, text,
      [](const KernelContext&, View value, View name) -> std::optional<std::string> {
        const Json json = parse(value);
        if (!json.is_object()) return std::nullopt;
        const auto field = json.find(std::string(name));
        if (field == json.end() || field->is_null()) return std::nullopt;
        return field->dump(-1, ' ', false, Json::error_handler_t::replace);
      }));
  // A malformed document counts as one without fields (PERMISSIVE).
  registry.add(unary_kernel<View>(
      "grebe_json_text", text, text,
      [](const KernelContext&, View value) -> std::optional<std::string> {
        const bool is_blank = std::all_of(value.begin(), value.end(), [](char c) {
          return c == ' ' || c == '\t' || c == '\n' || c == '\r';
        });
        if (is_blank) return std::nullopt;
        if (parse(value).is_discarded()) return std::string("{}");
        return std::string(value);
      }));
  registry.add(binary_kernel<View, bool>(
      "grebe_json_scalar", text, LogicalType::BOOLEAN, text,
      [](const KernelContext&, View value, bool wants_text) -> std::optional<std::string> {
        const Json json = parse(value);
        if (json.is_discarded() || json.is_null()) return std::nullopt;
        if (!wants_text && json.is_structured()) return std::nullopt;
        return node_text(json);
      }));
  registry.add(
      unary_kernel<View>("grebe_json_quote", text, text, [](const KernelContext&, View value) {
        return Json(std::string(value)).dump(-1, ' ', false, Json::error_handler_t::replace);
      }));
  registry.add(
      unary_kernel<View>("grebe_json_number", text, text, [](const KernelContext&, View value) {
        const bool is_number = value.find_first_of("NI") == View::npos;
        return is_number ? std::string(value) : "\"" + std::string(value) + "\"";
      }));
}

}  // namespace grebe::native
