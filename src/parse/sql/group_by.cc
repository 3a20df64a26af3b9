// GROUP BY with ROLLUP, CUBE and GROUPING SETS in any mixture.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

// One element of GROUP BY: the sets it stands for. A plain expression is one set of one member.
struct Grammar::GroupingElement {
  plan::GroupKind kind = plan::GroupKind::kGroupBy;
  /// The written members: (a, b), c.
  std::vector<std::vector<plan::ExpressionPtr>> members;
  /// Where an element with an empty member stands, which Spark refuses.
  std::optional<size_t> refused_at;
  /// The grouping sets they amount to.
  std::vector<std::vector<plan::ExpressionPtr>> sets;
};

namespace {

using Expressions = std::vector<plan::ExpressionPtr>;

constexpr size_t kMaxSets = 4096;

Expressions joined(const std::vector<Expressions>& members) {
  Expressions all;
  for (const Expressions& member : members) all.insert(all.end(), member.begin(), member.end());
  return all;
}

// ROLLUP(a, b) = (a, b), (a), ().
std::vector<Expressions> rollup_sets(const std::vector<Expressions>& members) {
  std::vector<Expressions> sets;
  for (size_t length = members.size() + 1; length-- > 0;) {
    sets.push_back(joined({members.begin(), members.begin() + static_cast<ptrdiff_t>(length)}));
  }
  return sets;
}

// CUBE(a, b) = (a, b), (a), (b), (): subsets by falling size, as Scala's subsets in reverse.
std::vector<Expressions> cube_sets(const std::vector<Expressions>& members) {
  std::vector<Expressions> sets;
  const size_t count = members.size();
  if (count >= 12) return sets;  // more than kMaxSets
  for (size_t size = count + 1; size-- > 0;) {
    for (size_t mask = size_t{1} << count; mask-- > 0;) {
      if (static_cast<size_t>(__builtin_popcountll(mask)) != size) continue;
      std::vector<Expressions> chosen;
      for (size_t i = 0; i < count; ++i) {
        if ((mask >> (count - 1 - i)) & 1) chosen.push_back(members[i]);
      }
      sets.push_back(joined(chosen));
    }
  }
  return sets;
}

// The text an expression was written as, to find the same one again.
std::string_view written(const plan::Expression& expression) {
  if (!expression.origin.has_text()) return {};
  return std::string_view(*expression.origin.text)
      .substr(static_cast<size_t>(expression.origin.start),
              static_cast<size_t>(expression.origin.stop - expression.origin.start));
}

bool same_expression(const plan::ExpressionPtr& left, const plan::ExpressionPtr& right) {
  return left == right || (!written(*left).empty() && written(*left) == written(*right));
}

void add_distinct(Expressions& groups, const plan::ExpressionPtr& expression) {
  for (const plan::ExpressionPtr& group : groups) {
    if (same_expression(group, expression)) return;
  }
  groups.push_back(expression);
}

}  // namespace

std::vector<plan::ExpressionPtr> Grammar::grouping_set() {
  // `(a, b)`, `()` or `a`; `(a) + 1` is an expression.
  if (at(kLeftParen) && !at_query(1)) {
    const size_t close = closing(position_);
    const TokenKind after = close + 1 < tokens_.size() ? tokens_[close + 1].kind : kEndOfInput;
    if (after == kComma || after == kRightParen) {
      next();
      Expressions members;
      if (!at(kRightParen)) members = expression_seq();
      expect(kRightParen);
      return members;
    }
  }
  return {expression()};
}

// `(set, …)`; within GROUPING SETS also ROLLUP, CUBE and GROUPING SETS.
std::vector<std::vector<plan::ExpressionPtr>> Grammar::grouping_set_list(bool nested) {
  const Nesting nesting(*this);
  std::vector<Expressions> sets;
  expect(kLeftParen);
  do {
    if (nested && at_grouping_analytics()) {
      for (Expressions& set : group_by_element().sets) sets.push_back(std::move(set));
    } else {
      sets.push_back(grouping_set());
    }
  } while (accept(kComma));
  expect(kRightParen);
  return sets;
}

bool Grammar::at_grouping_analytics() const {
  return (at_any({kRollup, kCube}) && at(kLeftParen, 1)) ||
         at_sequence({kGrouping, kSets, kLeftParen});
}

Grammar::GroupingElement Grammar::group_by_element() {
  const size_t first = position_;
  GroupingElement element;
  if (!at_grouping_analytics()) {
    element.members = {{expression()}};
    element.sets = element.members;
    return element;
  }
  const TokenKind kind = next().kind;
  if (kind == kGrouping) {
    next();
    element.kind = plan::GroupKind::kGroupingSets;
    element.sets = grouping_set_list(true);
    element.members = element.sets;
    return element;
  }
  element.members = grouping_set_list(false);
  for (const Expressions& member : element.members) {
    if (member.empty()) element.refused_at = first;
  }
  element.kind = kind == kCube ? plan::GroupKind::kCube : plan::GroupKind::kRollup;
  element.sets = kind == kCube ? cube_sets(element.members) : rollup_sets(element.members);
  return element;
}

plan::RelationPtr Grammar::aggregation(RelationPtr input, Expressions select) {
  const size_t first = position_;
  position_ += 2;
  plan::Aggregate aggregate;
  aggregate.input = std::move(input);
  aggregate.aggregates = std::move(select);
  std::vector<GroupingElement> elements;
  do {
    elements.push_back(group_by_element());
  } while (accept(kComma));

  bool plain = true;
  for (const GroupingElement& element : elements) {
    plain = plain && element.kind == plan::GroupKind::kGroupBy;
  }
  const auto all_members = [&] {
    Expressions groups;
    for (const GroupingElement& element : elements) {
      for (const ExpressionPtr& member : joined(element.members)) add_distinct(groups, member);
    }
    return groups;
  };
  if (plain) {
    for (const GroupingElement& element : elements) {
      aggregate.groups.push_back(element.members[0][0]);
    }
    if (at(kWith) && at_any({kRollup, kCube}, 1)) {
      next();
      aggregate.kind = next().kind == kCube ? plan::GroupKind::kCube : plan::GroupKind::kRollup;
    } else if (at_sequence({kGrouping, kSets})) {
      position_ += 2;
      aggregate.kind = plan::GroupKind::kGroupingSets;
      aggregate.grouping_sets = grouping_set_list(false);
    }
  } else if (elements.size() == 1 && elements[0].kind != plan::GroupKind::kGroupingSets &&
             joined(elements[0].members).size() == elements[0].members.size()) {
    aggregate.kind = elements[0].kind;
    aggregate.groups = joined(elements[0].members);
  } else {
    // Several elements multiply: each set of one is joined with each set of the next.
    aggregate.kind = plan::GroupKind::kGroupingSets;
    aggregate.groups = all_members();
    aggregate.grouping_sets = {{}};
    for (const GroupingElement& element : elements) {
      if (element.sets.empty() || aggregate.grouping_sets.size() * element.sets.size() > kMaxSets) {
        throw core::unsupported("more than 4096 grouping sets", span(first));
      }
      std::vector<Expressions> product;
      for (const Expressions& left : aggregate.grouping_sets) {
        for (const Expressions& right : element.sets) {
          Expressions set = left;
          for (const ExpressionPtr& member : right) add_distinct(set, member);
          product.push_back(std::move(set));
        }
      }
      aggregate.grouping_sets = std::move(product);
    }
  }
  for (const GroupingElement& element : elements) {
    if (!element.refused_at) continue;
    fail("_LEGACY_ERROR_TEMP_0051",
         {{"element", element.kind == plan::GroupKind::kCube ? "CUBE" : "ROLLUP"}},
         shown_at(span(first), *element.refused_at));
  }
  aggregate.group_by = span(first);
  if (accept(kHaving)) aggregate.having = expression();
  return relate(std::move(aggregate), first);
}

}  // namespace grebe::parse::sql
