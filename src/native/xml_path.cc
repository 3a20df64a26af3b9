// A small XML reader and XPath evaluator; see xml_path.h.
// Long: the reader and the evaluator share the tree, which nothing else sees.
#include "native/xml_path.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>

namespace grebe::native {

namespace {

struct Node {
  enum class Kind : unsigned char { kElement, kAttribute, kText } kind = Kind::kElement;
  std::string name;
  std::string text;
  Node* parent = nullptr;
  std::vector<std::unique_ptr<Node>> children = {};
  std::vector<std::unique_ptr<Node>> attributes = {};

  std::string content() const {
    if (kind != Kind::kElement) return text;
    std::string all;
    for (const auto& child : children) all += child->content();
    return all;
  }
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

struct Malformed {};

/// Reads a document into a tree under a nameless root. Throws Malformed.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  std::unique_ptr<Node> read() {
    auto root = std::make_unique<Node>();
    skip_misc();
    if (!at('<')) throw Malformed();
    root->children.push_back(element(root.get(), 0));
    skip_misc();
    if (position_ != text_.size()) throw Malformed();
    return root;
  }

 private:
  bool at(char c) const { return position_ < text_.size() && text_[position_] == c; }
  bool starts(std::string_view word) const { return text_.substr(position_).starts_with(word); }
  void skip_spaces() {
    while (position_ < text_.size() && is_space(text_[position_])) ++position_;
  }
  void skip_past(std::string_view end) {
    const size_t found = text_.find(end, position_);
    if (found == std::string_view::npos) throw Malformed();
    position_ = found + end.size();
  }
  /// White space, declarations, comments and processing instructions between elements.
  void skip_misc() {
    for (;;) {
      skip_spaces();
      if (starts("<?")) {
        skip_past("?>");
      } else if (starts("<!--")) {
        skip_past("-->");
      } else if (starts("<!")) {
        skip_past(">");
      } else {
        return;
      }
    }
  }
  void expect(char c) {
    if (!at(c)) throw Malformed();
    ++position_;
  }
  std::string name() {
    const size_t start = position_;
    while (position_ < text_.size() && is_name_character(text_[position_])) ++position_;
    if (position_ == start) throw Malformed();
    return std::string(text_.substr(start, position_ - start));
  }
  std::string decoded(std::string_view raw) {
    std::string out;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != '&') {
        out += raw[i];
        continue;
      }
      const size_t end = raw.find(';', i);
      if (end == std::string_view::npos) throw Malformed();
      const std::string_view entity = raw.substr(i + 1, end - i - 1);
      if (entity == "lt") {
        out += '<';
      } else if (entity == "gt") {
        out += '>';
      } else if (entity == "amp") {
        out += '&';
      } else if (entity == "quot") {
        out += '"';
      } else if (entity == "apos") {
        out += '\'';
      } else {
        throw Malformed();
      }
      i = end;
    }
    return out;
  }

  std::unique_ptr<Node> element(Node* parent, int depth) {
    if (depth > 500) throw Malformed();
    auto node = std::make_unique<Node>();
    node->parent = parent;
    expect('<');
    node->name = name();
    for (;;) {
      skip_spaces();
      if (at('>') || at('/')) break;
      auto attribute = std::make_unique<Node>();
      attribute->kind = Node::Kind::kAttribute;
      attribute->parent = node.get();
      attribute->name = name();
      skip_spaces();
      expect('=');
      skip_spaces();
      if (!at('"') && !at('\'')) throw Malformed();
      const char quote = text_[position_++];
      const size_t end = text_.find(quote, position_);
      if (end == std::string_view::npos) throw Malformed();
      attribute->text = decoded(text_.substr(position_, end - position_));
      position_ = end + 1;
      node->attributes.push_back(std::move(attribute));
    }
    if (at('/')) {
      ++position_;
      expect('>');
      return node;
    }
    expect('>');
    for (;;) {
      if (position_ >= text_.size()) throw Malformed();
      if (starts("</")) break;
      if (starts("<!--")) {
        skip_past("-->");
      } else if (starts("<![CDATA[")) {
        const size_t start = position_ + 9;
        skip_past("]]>");
        add_text(node.get(), std::string(text_.substr(start, position_ - 3 - start)));
      } else if (starts("<?")) {
        skip_past("?>");
      } else if (at('<')) {
        node->children.push_back(element(node.get(), depth + 1));
      } else {
        const size_t end = std::min(text_.find('<', position_), text_.size());
        add_text(node.get(), decoded(text_.substr(position_, end - position_)));
        position_ = end;
      }
    }
    position_ += 2;
    if (name() != node->name) throw Malformed();
    skip_spaces();
    expect('>');
    return node;
  }

  static void add_text(Node* node, std::string text) {
    auto child = std::make_unique<Node>();
    child->kind = Node::Kind::kText;
    child->text = std::move(text);
    child->parent = node;
    node->children.push_back(std::move(child));
  }

  std::string_view text_;
  size_t position_ = 0;
};

using Nodes = std::vector<const Node*>;
using Value = std::variant<Nodes, double, std::string, bool>;

struct Unsupported {};

double to_number(const std::string& text) {
  size_t begin = 0;
  size_t end = text.size();
  while (begin < end && is_space(text[begin])) ++begin;
  while (end > begin && is_space(text[end - 1])) --end;
  const std::string bare = text.substr(begin, end - begin);
  const bool is_plain =
      !bare.empty() && bare.find_first_not_of("0123456789.-") == std::string::npos;
  if (!is_plain) return std::numeric_limits<double>::quiet_NaN();
  char* stop = nullptr;
  const double number = std::strtod(bare.c_str(), &stop);
  return *stop == '\0' ? number : std::numeric_limits<double>::quiet_NaN();
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (number == std::floor(number) && std::fabs(number) < 1e15) {
    return std::to_string(static_cast<int64_t>(number));
  }
  std::string text = std::to_string(number);
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string first_content(const Nodes& nodes) {
  return nodes.empty() ? "" : nodes.front()->content();
}
std::string first_content(const std::vector<XmlMatch>& matches) {
  return matches.empty() ? "" : matches.front().content;
}

// XPath's conversions, over the tree's nodes here and over matches outside.
template <typename Set>
using Either = std::variant<Set, double, std::string, bool>;

template <typename Set>
bool boolean_of(const Either<Set>& value) {
  if (const auto* nodes = std::get_if<Set>(&value)) return !nodes->empty();
  if (const auto* number = std::get_if<double>(&value)) return *number != 0 && !std::isnan(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return std::get<bool>(value);
}

template <typename Set>
std::string string_of(const Either<Set>& value) {
  if (const auto* nodes = std::get_if<Set>(&value)) return first_content(*nodes);
  if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return std::get<bool>(value) ? "true" : "false";
}

template <typename Set>
double number_of(const Either<Set>& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  return to_number(string_of(value));
}

/// Parses and evaluates in one pass: expressions are short and run once for each text.
class Evaluator {
 public:
  Evaluator(std::string_view path, const Node* context, double position, double size)
      : path_(path), context_(context), index_(position), size_(size) {}

  Value whole() {
    Value value = disjunction();
    skip();
    if (at_ != path_.size()) throw Unsupported();
    return value;
  }

 private:
  void skip() {
    while (at_ < path_.size() && is_space(path_[at_])) ++at_;
  }
  bool accept(std::string_view word) {
    skip();
    if (!path_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool accept_word(std::string_view word) {
    skip();
    const std::string_view rest = path_.substr(at_);
    const bool ends = rest.size() <= word.size() || !is_name_character(rest[word.size()]);
    if (!rest.starts_with(word) || !ends) return false;
    at_ += word.size();
    return true;
  }

  Value disjunction() {
    Value left = conjunction();
    while (accept_word("or")) {
      const bool right = boolean_of(conjunction());
      left = boolean_of(left) || right;
    }
    return left;
  }
  Value conjunction() {
    Value left = comparison();
    while (accept_word("and")) {
      const bool right = boolean_of(comparison());
      left = boolean_of(left) && right;
    }
    return left;
  }
  Value comparison() {
    Value left = sum();
    for (const std::string_view op : {"!=", "<=", ">=", "=", "<", ">"}) {
      if (accept(op)) return compare(left, sum(), op);
    }
    return left;
  }
  Value sum() {
    Value left = operand();
    for (;;) {
      if (accept("+")) {
        left = number_of(left) + number_of(operand());
      } else if (at_ > 0 && accept("- ")) {
        left = number_of(left) - number_of(operand());
      } else {
        return left;
      }
    }
  }

  static bool compare_one(const Value& left, const Value& right, std::string_view op) {
    if (op == "=" || op == "!=") {
      const bool by_number =
          std::holds_alternative<double>(left) || std::holds_alternative<double>(right);
      const bool by_truth =
          std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right);
      const bool same = by_truth    ? boolean_of(left) == boolean_of(right)
                        : by_number ? number_of(left) == number_of(right)
                                    : string_of(left) == string_of(right);
      return (op == "=") == same;
    }
    const double a = number_of(left);
    const double b = number_of(right);
    return op == "<" ? a < b : op == "<=" ? a <= b : op == ">" ? a > b : a >= b;
  }

  /// A set of nodes compares as any of its members does.
  static Value compare(const Value& left, const Value& right, std::string_view op) {
    const auto each = [](const Value& value) {
      std::vector<Value> all;
      const auto* nodes = std::get_if<Nodes>(&value);
      if (nodes == nullptr) return std::vector<Value>{value};
      for (const Node* node : *nodes) all.emplace_back(node->content());
      return all;
    };
    for (const Value& a : each(left)) {
      for (const Value& b : each(right)) {
        if (compare_one(a, b, op)) return true;
      }
    }
    return false;
  }

  Value operand() {
    skip();
    if (at_ >= path_.size()) throw Unsupported();
    const char c = path_[at_];
    if (c == '\'' || c == '"') {
      const size_t end = path_.find(c, at_ + 1);
      if (end == std::string_view::npos) throw Unsupported();
      std::string text(path_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return text;
    }
    if (std::isdigit(static_cast<unsigned char>(c)) ||
        (c == '-' && at_ + 1 < path_.size() &&
         std::isdigit(static_cast<unsigned char>(path_[at_ + 1])))) {
      const size_t start = at_++;
      while (at_ < path_.size() &&
             (std::isdigit(static_cast<unsigned char>(path_[at_])) || path_[at_] == '.')) {
        ++at_;
      }
      return to_number(std::string(path_.substr(start, at_ - start)));
    }
    if (accept("(")) {
      Value inner = disjunction();
      if (!accept(")")) throw Unsupported();
      return inner;
    }
    size_t end = at_;
    while (end < path_.size() && is_name_character(path_[end])) ++end;
    const std::string name(path_.substr(at_, end - at_));
    if (end < path_.size() && path_[end] == '(' && name != "text" && name != "node") {
      at_ = end + 1;
      return call(name);
    }
    return location();
  }

  Value call(const std::string& name) {
    std::vector<Value> arguments;
    if (!accept(")")) {
      do {
        arguments.push_back(disjunction());
      } while (accept(","));
      if (!accept(")")) throw Unsupported();
    }
    const auto nodes = [&]() -> const Nodes& {
      const auto* set = arguments.empty() ? nullptr : std::get_if<Nodes>(&arguments[0]);
      if (set == nullptr) throw Unsupported();
      return *set;
    };
    if (name == "position") return index_;
    if (name == "last") return size_;
    if (name == "true") return true;
    if (name == "false") return false;
    if (name == "count") return static_cast<double>(nodes().size());
    if (name == "sum") {
      double total = 0;
      for (const Node* node : nodes()) total += to_number(node->content());
      return total;
    }
    if (arguments.empty()) throw Unsupported();
    if (name == "string") return string_of(arguments[0]);
    if (name == "number") return number_of(arguments[0]);
    if (name == "boolean") return boolean_of(arguments[0]);
    if (name == "not") return !boolean_of(arguments[0]);
    if (name == "string-length") return static_cast<double>(string_of(arguments[0]).size());
    if (name == "concat") {
      std::string all;
      for (const Value& argument : arguments) all += string_of(argument);
      return all;
    }
    if (name == "contains" && arguments.size() == 2) {
      return string_of(arguments[0]).find(string_of(arguments[1])) != std::string::npos;
    }
    if (name == "starts-with" && arguments.size() == 2) {
      return string_of(arguments[0]).starts_with(string_of(arguments[1]));
    }
    throw Unsupported();
  }

  static void add_descendants(const Node* node, Nodes* out) {
    out->push_back(node);
    for (const auto& child : node->children) add_descendants(child.get(), out);
  }

  Value location() {
    Nodes current = {context_};
    bool deep = false;
    if (accept("//")) {
      current = {root()};
      deep = true;
    } else if (accept("/")) {
      current = {root()};
      skip();
      if (at_ >= path_.size()) return current;
    }
    for (;;) {
      if (deep) {
        Nodes all;
        for (const Node* node : current) add_descendants(node, &all);
        current = std::move(all);
      }
      current = step(current);
      if (accept("//")) {
        deep = true;
      } else if (accept("/")) {
        deep = false;
      } else {
        return current;
      }
    }
  }

  const Node* root() const {
    const Node* node = context_;
    while (node->parent != nullptr) node = node->parent;
    return node;
  }

  Nodes step(const Nodes& from) {
    if (accept("..")) {
      Nodes parents;
      for (const Node* node : from) {
        if (node->parent &&
            std::find(parents.begin(), parents.end(), node->parent) == parents.end())
          parents.push_back(node->parent);
      }
      return parents;
    }
    if (accept(".")) return from;
    const bool attribute = accept("@") || accept("attribute::");
    accept("child::");
    bool is_text = false;
    bool is_any_node = false;
    std::string name;
    if (accept("*")) {
      name = "*";
    } else {
      skip();
      const size_t start = at_;
      while (at_ < path_.size() && is_name_character(path_[at_])) ++at_;
      name = std::string(path_.substr(start, at_ - start));
      if (name.empty()) throw Unsupported();
      if (accept("()")) {
        is_text = name == "text";
        is_any_node = name == "node";
        if (!is_text && !is_any_node) throw Unsupported();
      }
    }
    const size_t predicates = at_;
    Nodes out;
    for (const Node* node : from) {
      Nodes found;
      for (const auto& child : attribute ? node->attributes : node->children) {
        const bool fits = is_any_node || (is_text ? child->kind == Node::Kind::kText
                                                  : child->kind != Node::Kind::kText &&
                                                        (name == "*" || child->name == name));
        if (fits) found.push_back(child.get());
      }
      at_ = predicates;
      found = filtered(std::move(found));
      for (const Node* each : found) {
        if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(each);
      }
    }
    if (from.empty()) filtered({});
    return out;
  }

  Nodes filtered(Nodes nodes) {
    while (accept("[")) {
      const size_t start = at_;
      int depth = 1;
      char quote = 0;
      for (; at_ < path_.size() && depth > 0; ++at_) {
        const char c = path_[at_];
        if (quote != 0) {
          if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if (c == '[') {
          ++depth;
        } else if (c == ']') {
          --depth;
        }
      }
      if (depth != 0) throw Unsupported();
      const std::string_view test = path_.substr(start, at_ - 1 - start);
      Nodes kept;
      for (size_t i = 0; i < nodes.size(); ++i) {
        const auto position = static_cast<double>(i + 1);
        const Value value =
            Evaluator(test, nodes[i], position, static_cast<double>(nodes.size())).whole();
        const auto* number = std::get_if<double>(&value);
        if (number != nullptr ? *number == position : boolean_of(value)) kept.push_back(nodes[i]);
      }
      nodes = std::move(kept);
    }
    return nodes;
  }

  std::string_view path_;
  size_t at_ = 0;
  const Node* context_;
  double index_;
  double size_;
};

}  // namespace

std::variant<XPathValue, XPathFailure> evaluate_xpath(std::string_view xml, std::string_view path) {
  try {
    const auto root = XmlReader(xml).read();
    const Value value = Evaluator(path, root.get(), 1, 1).whole();
    if (const auto* nodes = std::get_if<Nodes>(&value)) {
      std::vector<XmlMatch> matches;
      for (const Node* node : *nodes) {
        XmlMatch match{.value = std::nullopt, .content = node->content()};
        if (node->kind != Node::Kind::kElement) match.value = node->text;
        matches.push_back(std::move(match));
      }
      return XPathValue(std::move(matches));
    }
    if (const auto* number = std::get_if<double>(&value)) return XPathValue(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return XPathValue(*text);
    return XPathValue(std::get<bool>(value));
  } catch (const Malformed&) {
    return XPathFailure::kMalformedXml;
  } catch (const Unsupported&) {
    return XPathFailure::kUnsupportedPath;
  }
}

std::string xpath_string(const XPathValue& value) { return string_of(value); }

double xpath_number(const XPathValue& value) { return number_of(value); }

bool xpath_boolean(const XPathValue& value) { return boolean_of(value); }

}  // namespace grebe::native
