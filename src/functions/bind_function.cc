// A call by name → a typed call: lookup, modifiers, then the entry's rule, rewrite or overloads.
#include <algorithm>
#include <cctype>

#include "functions/argument_checks.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/registry.h"
#include "functions/rewrite.h"
#include "functions/rules/checked_map.h"
#include "functions/type_pattern.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

namespace {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// `f`, `builtin.f`, `system.builtin.f`.
const Entry* find_routine(const std::vector<std::string>& parts) {
  const size_t count = parts.size();
  if (count == 0 || count > 3) return nullptr;
  if (count >= 2 && lower_case(parts[count - 2]) != "builtin") return nullptr;
  if (count == 3 && lower_case(parts[0]) != "system") return nullptr;
  return find_entry(parts.back());
}

core::SparkError unsupported_syntax(const std::string& name, const std::string& syntax,
                                    const core::Origin& origin) {
  std::string position;
  if (origin.line > 0) {
    position = "; line " + std::to_string(origin.line) + " pos " + std::to_string(origin.column);
  }
  return core::plain_error(core::ErrorClass::kAnalysis,
                           "Function " + name + " does not support " + syntax + "." + position);
}

/// Functions that IGNORE NULLS and RESPECT NULLS may follow.
bool takes_nulls_clause(std::string_view name) {
  static constexpr std::string_view kNames[] = {"any_value",  "first", "first_value", "lag", "last",
                                                "last_value", "lead",  "nth_value"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

void check_modifiers(const Entry& entry, const std::string& name, const CallRequest& request) {
  if (entry.kind != FunctionKind::kAggregate) {
    if (request.is_distinct) throw unsupported_syntax(name, "DISTINCT", request.origin);
    if (request.filter) throw unsupported_syntax(name, "FILTER clause", request.origin);
  }
  if (request.ignore_nulls && !takes_nulls_clause(name)) {
    throw unsupported_syntax(name, "IGNORE NULLS", request.origin);
  }
  // Rules that know parameter names read them themselves.
  for (const Argument& argument : request.arguments) {
    if (argument.name && entry.bind == nullptr) {
      throw core::analysis_error("NAMED_PARAMETERS_NOT_SUPPORTED",
                                 {{"functionName", core::quote_identifier(name)}}, request.origin);
    }
  }
}

ExpressionPtr with_lowered(const BindInput& input, std::vector<ExpressionPtr> arguments,
                           const ExpressionPtr& lowered) {
  const bool is_aggregate = input.entry.kind == FunctionKind::kAggregate;
  if (is_aggregate) {
    return resolved::make_expression(
        resolved::AggregateCall{.function = std::string(input.entry.name),
                                .arguments = std::move(arguments),
                                .is_distinct = input.request.is_distinct,
                                .filter = input.request.filter,
                                .ansi = input.context.ansi,
                                .lowered = lowered},
        lowered->type, lowered->nullable, input.request.origin);
  }
  return resolved::make_expression(resolved::Call{.function = std::string(input.entry.name),
                                                  .arguments = std::move(arguments),
                                                  .ansi = input.context.ansi,
                                                  .lowered = lowered},
                                   lowered->type, lowered->nullable, input.request.origin);
}

/// The requirement of one parameter over all overloads of the right arity.
std::string requirement(const Entry& entry, size_t count, size_t parameter) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < overload_count(entry); ++i) {
    if (entry.overloads[i].signature == "rule") continue;
    const Signature& signature = parse_signature(entry.overloads[i].signature);
    if (!signature.accepts_count(count)) continue;
    const size_t at = std::min(parameter, signature.parameters.size() - 1);
    for (const std::string& text : describe_alternatives(signature.parameters[at])) {
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
  }
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "\"" : " or \"") + text + "\"";
  return texts.size() == 1 ? joined : "(" + joined + ")";
}

/// The longest argument list that an overload takes.
size_t longest_arity(const Entry& entry) {
  size_t longest = 0;
  for (size_t i = 0; i < overload_count(entry); ++i) {
    if (entry.overloads[i].signature == "rule") continue;
    longest = std::max(longest, parse_signature(entry.overloads[i].signature).parameters.size());
  }
  return longest;
}

/// A qualified name is a persistent function's, of which there are none.
void check_namespace(const CallRequest& request, const BindContext& context) {
  const auto& parts = request.name_parts;
  if (parts.size() < 2) return;
  const bool has_catalog = parts.size() > 2 && parts.front() == context.current_catalog;
  if (parts.size() - (has_catalog ? 1 : 0) > 2) {
    const std::vector<std::string> space(parts.begin() + (has_catalog ? 1 : 0), parts.end() - 1);
    throw core::analysis_error(
        "REQUIRES_SINGLE_PART_NAMESPACE",
        {{"sessionCatalog", context.current_catalog}, {"namespace", core::quote_name(space)}});
  }
  throw unresolved_routine(parts, context, request.origin);
}

}  // namespace

/// Appends the defaults of arguments left out; binary padding has its own.
std::vector<ExpressionPtr> with_defaults(const Entry& entry, std::vector<ExpressionPtr> arguments) {
  if (entry.defaults.empty()) return arguments;
  if (!arguments.empty() && arguments[0]->type.is(types::TypeKind::kBinary) &&
      entry.defaults == "' '") {
    if (arguments.size() == 2) {
      arguments.push_back(resolved::make_expression(resolved::Literal{{std::string(1, '\0')}},
                                                    types::DataType::binary(), false));
    }
    return arguments;
  }
  std::vector<ExpressionPtr> defaults;
  for (size_t at = 0; at < entry.defaults.size();) {
    // Texts hold commas only by themselves: ','.
    const bool is_text = entry.defaults[at] == '\'';
    const size_t end = is_text ? entry.defaults.find('\'', at + 1) + 1
                               : std::min(entry.defaults.find(',', at), entry.defaults.size());
    const std::string text(entry.defaults.substr(at, end - at));
    if (is_text) {
      defaults.push_back(string_literal(text.substr(1, text.size() - 2)));
    } else if (text == "true" || text == "false") {
      defaults.push_back(boolean_literal(text == "true"));
    } else if (text == "0.000000") {
      defaults.push_back(resolved::make_expression(resolved::Literal{{types::Decimal{0}}},
                                                   types::DataType::decimal(18, 6), false));
    } else {
      defaults.push_back(int_literal(std::stoi(text)));
    }
    at = end + 1;
  }
  const size_t full = longest_arity(entry);
  if (arguments.size() >= full || arguments.size() + defaults.size() < full) return arguments;
  for (size_t i = arguments.size() + defaults.size() - full; i < defaults.size(); ++i) {
    arguments.push_back(defaults[i]);
  }
  return arguments;
}

ExpressionPtr bind_overloads(const BindInput& input, std::vector<ExpressionPtr> arguments) {
  const Entry& entry = input.entry;
  const types::CoercionRules rules = types::coercion_rules(input.context.ansi);
  std::vector<size_t> counts;
  bool repeats = false;
  Mismatch mismatch;
  bool has_arity = false;
  struct Candidate {
    SignatureMatch match;
    size_t overload = 0;
    size_t kept = 0;
  };
  std::optional<Candidate> best;
  for (const Matching matching : {Matching::kExact, Matching::kImplicit}) {
    for (size_t i = 0; i < overload_count(entry); ++i) {
      // What fits without casts is taken at once; behind it may stand forms that only rules bind.
      const bool is_taken =
          best && (matching == Matching::kExact || entry.overloads[i].signature == "rule");
      if (is_taken) break;
      if (entry.overloads[i].signature == "rule") continue;  // only rules bind it
      const Signature& signature = parse_signature(entry.overloads[i].signature);
      repeats = repeats || signature.last_repeats;
      counts.push_back(signature.parameters.size() - (signature.last_repeats ? 1 : 0));
      if (!signature.accepts_count(arguments.size())) continue;
      Mismatch at;
      auto match = match_signature(signature, arguments, matching, rules, &at);
      if (!match) {
        mismatch.parameter = has_arity ? std::max(mismatch.parameter, at.parameter) : at.parameter;
        has_arity = true;
        continue;
      }
      // The overload that leaves most arguments as they are, the first of them.
      size_t kept = 0;
      for (size_t j = 0; j < arguments.size(); ++j) {
        kept += arguments[j]->type.same_type(match->arguments[j]) ? 1 : 0;
      }
      if (!best || kept > best->kept) {
        best = Candidate{.match = *std::move(match), .overload = i, .kept = kept};
      }
    }
    if (best) break;
  }
  if (best) {
    const SignatureMatch& match = best->match;
    for (size_t j = 0; j < arguments.size(); ++j) {
      arguments[j] = cast_to(arguments[j], match.arguments[j], input.context);
    }
    const int index = static_cast<int>(best->overload);
    return entry.kind == FunctionKind::kAggregate
               ? make_aggregate(input, std::move(arguments), match.result, match.nullable, index)
               : make_call(input, std::move(arguments), match.result, match.nullable, index);
  }
  if (has_arity) {
    throw unexpected_input_type(input.name, arguments, mismatch.parameter,
                                requirement(entry, arguments.size(), mismatch.parameter),
                                input.request.origin);
  }
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  if (repeats) {
    throw wrong_number_of_arguments(input.name, "> " + std::to_string(counts.front() - 1),
                                    arguments.size());
  }
  throw wrong_number_of_arguments(input.name, counts, arguments.size(), input.request.origin);
}

namespace {

ExpressionPtr bind_entry(const CallRequest& request, const BindContext& context) {
  check_namespace(request, context);
  const Entry* entry = find_routine(request.name_parts);
  if (entry == nullptr) throw unresolved_routine(request.name_parts, context, request.origin);
  const std::string name(entry->name);
  if (!entry->unsupported.empty()) {
    throw core::unsupported("the function " + name + " (" + std::string(entry->unsupported) + ")",
                            request.origin);
  }
  const BindInput input{.entry = *entry,
                        .name = name,
                        .arguments = request.arguments,
                        .request = request,
                        .context = context};
  check_modifiers(*entry, name, request);
  check_arguments(input);
  if (entry->bind != nullptr) return entry->bind(input);
  if (!entry->rewrite.empty()) {
    const size_t arity = rewrite_arity(entry->rewrite);
    if (request.arguments.size() != arity) {
      throw wrong_number_of_arguments(name, std::vector<size_t>{arity}, request.arguments.size(),
                                      request.origin);
    }
    std::vector<ExpressionPtr> arguments = input.expressions();
    const ExpressionPtr lowered = bind_rewrite(entry->rewrite, arguments, context, request.origin);
    return with_lowered(input, std::move(arguments), lowered);
  }
  return bind_overloads(input, with_defaults(*entry, input.expressions()));
}

}  // namespace

ExpressionPtr bind_function(const CallRequest& request, const BindContext& context) {
  return with_key_policy(bind_entry(request, context), context);
}

}  // namespace grebe::functions
