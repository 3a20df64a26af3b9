// OVER (…) and WINDOW w AS (…): window specifications and frames.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::Window Grammar::window_spec() {
  const size_t first = position_;
  plan::Window window;
  if (!at(kLeftParen)) {
    window.window_name = error_capturing_identifier();
    return window;
  }
  next();
  if (at_identifier() && at(kRightParen, 1)) {
    window.window_name = error_capturing_identifier();
    next();
    return window;
  }
  // Only PARTITION, ORDER and a frame may follow; Spark points at the parenthesis.
  const bool is_clause = at_any({kCluster, kPartition, kDistribute, kOrder, kSort, kRange, kRows});
  if (at_identifier() && !is_clause) syntax_error_at(first);
  if (accept_sequence({kCluster, kBy})) {
    window.partition_by = expression_seq();
  } else {
    if (at_any({kPartition, kDistribute}) && at(kBy, 1)) {
      position_ += 2;
      window.partition_by = expression_seq();
    }
    if (at_any({kOrder, kSort}) && at(kBy, 1)) {
      position_ += 2;
      window.order_by = sort_items();
    }
  }
  if (at_any({kRange, kRows})) window.frame = window_frame();
  expect(kRightParen);
  window.definition_origin = span(first);
  return window;
}

plan::WindowFrame Grammar::window_frame() {
  plan::WindowFrame frame;
  frame.unit = next().kind == kRows ? plan::FrameUnit::kRows : plan::FrameUnit::kRange;
  if (accept(kBetween)) {
    frame.lower = frame_bound();
    expect(kAnd);
    frame.upper = frame_bound();
  } else {
    frame.lower = frame_bound();
    frame.upper.kind = plan::FrameBound::Kind::kCurrentRow;
  }
  return frame;
}

plan::FrameBound Grammar::frame_bound() {
  using Kind = plan::FrameBound::Kind;
  const size_t first = position_;
  plan::FrameBound bound;
  if (at(kUnbounded) && at_any({kPreceding, kFollowing}, 1)) {
    next();
    bound.kind = next().kind == kPreceding ? Kind::kUnboundedPreceding : Kind::kUnboundedFollowing;
    return bound;
  }
  if (accept_sequence({kCurrent, kRow})) {
    bound.kind = Kind::kCurrentRow;
    return bound;
  }
  bound.offset = expression();
  if (!at_any({kPreceding, kFollowing})) syntax_error();
  bound.kind = next().kind == kPreceding ? Kind::kPreceding : Kind::kFollowing;
  if (!is_constant(*bound.offset)) {
    fail("_LEGACY_ERROR_TEMP_0064", {{"msg", "Frame bound value must be a literal."}}, first);
  }
  return bound;
}

// What Spark can compute while parsing: literals under casts and operators.
bool Grammar::is_constant(const plan::Expression& expression) {
  if (std::get_if<plan::Literal>(&expression.node) != nullptr) return true;
  if (const auto* cast = std::get_if<plan::Cast>(&expression.node)) {
    return is_constant(*cast->child);
  }
  const auto* call = std::get_if<plan::UnresolvedFunction>(&expression.node);
  if (call == nullptr || call->name_parts.size() != 1) return false;
  const std::string& name = call->name_parts[0];
  const bool is_word = !name.empty() && ((name[0] | 0x20) >= 'a' && (name[0] | 0x20) <= 'z');
  if (is_word && name != "div" && name != "when") return false;
  return std::all_of(call->arguments.begin(), call->arguments.end(),
                     [](const plan::ExpressionPtr& argument) { return is_constant(*argument); });
}

plan::RelationPtr Grammar::window_clause(RelationPtr input) {
  if (!(at(kWindow) && at_identifier(1) && at(kAs, 2))) return input;
  const size_t first = position_;
  next();
  plan::WithWindows windows;
  do {
    std::string name = error_capturing_identifier();
    expect(kAs);
    for (const auto& [other, spec] : windows.windows) {
      if (other != name) continue;
      window_spec();
      fail("INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION",
           {{"windowName", core::quote_identifier(name)}}, first);
    }
    windows.windows.emplace_back(std::move(name), window_spec());
  } while (accept(kComma));
  // A window that is another one's name stands for its specification.
  for (auto& [name, window] : windows.windows) {
    if (window.window_name.empty()) continue;
    const plan::Window* target = nullptr;
    for (const auto& [other, spec] : windows.windows) {
      if (other == window.window_name) target = &spec;
    }
    if (target == nullptr || !target->window_name.empty()) {
      fail(target == nullptr ? "INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE"
                             : "INVALID_SQL_SYNTAX.INVALID_WINDOW_REFERENCE",
           {{"windowName", core::quote_identifier(window.window_name)}}, first);
    }
    window = *target;
  }
  windows.input = std::move(input);
  return relate(std::move(windows), first);
}

}  // namespace grebe::parse::sql
