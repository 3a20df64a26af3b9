// OVER (…) and WINDOW w AS (…): window specifications and frames.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::Window Grammar::window_spec() {
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
  return bound;
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
