// Printed forms of calls as data; see call_text.h.
#include "resolved/call_text.h"

#include <algorithm>
#include <iterator>

namespace grebe::resolved {

namespace {

/// `form` holds $1 $2 … and $* (all) or $2* (from the second); without `$` it is another name.
struct Form {
  std::string_view function;
  /// Number of arguments it applies to, -1 for any.
  int count;
  std::string_view form;
};

constexpr Form kForms[] = {
    {"!", 1, "(NOT $1)"},
    {"!=", 2, "(NOT ($1 = $2))"},
    {"#date_add_days", 2, "date_add($1, extractansiintervaldays($2))"},
    {"#date_difference", 2, "($1 - $2)"},
    {"#date_subtract_days", 2, "date_add($1, (- extractansiintervaldays($2)))"},
    {"#interval_divide", 2, "($1 / $2)"},
    {"#interval_multiply", 2, "($1 * $2)"},
    {"#is_not_unknown", 1, "($1 IS NOT UNKNOWN)"},
    {"#is_unknown", 1, "($1 IS UNKNOWN)"},
    {"#like_all", -1, "likeall($1)"},
    {"#like_any", -1, "likeany($1)"},
    {"#not_like_all", -1, "notlikeall($1)"},
    {"#not_like_any", -1, "notlikeany($1)"},
    {"#null_in", 0, "(NULL IN (listquery()))"},
    {"#product", 1, "product"},
    {"#time_add", 2, "$1 + $2"},
    {"#time_subtract", 2, "$1 - $2"},
    {"#timestamp_difference", 2, "($1 - $2)"},
    {"%", 2, "($1 % $2)"},
    {"&", 2, "($1 & $2)"},
    {"*", 2, "($1 * $2)"},
    {"+", 1, "(+ $1)"},
    {"+", 2, "($1 + $2)"},
    {"-", 1, "(- $1)"},
    {"-", 2, "($1 - $2)"},
    {"/", 2, "($1 / $2)"},
    {"<", 2, "($1 < $2)"},
    {"<=", 2, "($1 <= $2)"},
    {"<=>", 2, "($1 <=> $2)"},
    {"<>", 2, "(NOT ($1 = $2))"},
    {"=", 2, "($1 = $2)"},
    {"==", 2, "($1 = $2)"},
    {">", 2, "($1 > $2)"},
    {">=", 2, "($1 >= $2)"},
    {"^", 2, "($1 ^ $2)"},
    {"acos", 1, "ACOS"},
    {"acosh", 1, "ACOSH"},
    {"and", 2, "($1 AND $2)"},
    {"approx_count_distinct", 2, "approx_count_distinct($1)"},
    {"array_agg", -1, "collect_list"},
    {"array_sort", 1,
     "array_sort($1, lambdafunction((IF(((namedlambdavariable() IS NULL) AND (namedlam"
     "bdavariable() IS NULL)), 0, (IF((namedlambdavariable() IS NULL), 1, (IF((namedla"
     "mbdavariable() IS NULL), -1, (IF((namedlambdavariable() < namedlambdavariable())"
     ", -1, (IF((namedlambdavariable() > namedlambdavariable()), 1, 0)))))))))), named"
     "lambdavariable(), namedlambdavariable()))"},
    {"asin", 1, "ASIN"},
    {"asinh", 1, "ASINH"},
    {"atan", 1, "ATAN"},
    {"atan2", 2, "ATAN2"},
    {"atanh", 1, "ATANH"},
    {"between", 3, "(($1 >= $2) AND ($1 <= $3))"},
    {"cbrt", 1, "CBRT"},
    {"ceil", 1, "CEIL"},
    {"convert_timezone", 2, "convert_timezone(current_timezone(), $1, $2)"},
    {"cos", 1, "COS"},
    {"cosh", 1, "COSH"},
    {"cot", 1, "COT"},
    {"csc", 1, "CSC"},
    {"curdate", -1, "current_date"},
    {"current_schema", 0, "current_database"},
    {"dateadd", -1, "date_add"},
    {"datepart", 2, "datepart($1 FROM $2)"},
    {"degrees", 1, "DEGREES"},
    {"dense_rank", -1, "DENSE_RANK()"},
    {"div", 2, "($1 div $2)"},
    {"e", 0, "E()"},
    {"exp", 1, "EXP"},
    {"expm1", 1, "EXPM1"},
    {"extract", 2, "extract($1 FROM $2)"},
    {"floor", 1, "FLOOR"},
    {"getarrayitem", 2, "$1[$2]"},
    {"getmapvalue", 2, "$1[$2]"},
    {"hypot", 2, "HYPOT"},
    {"if", 3, "(IF($1, $2, $3))"},
    {"ilike", 3, "ilike($1, $2)"},
    {"in", -1, "($1 IN ($2*))"},
    {"isnotnull", 1, "($1 IS NOT NULL)"},
    {"isnull", 1, "($1 IS NULL)"},
    {"like", 2, "$1 LIKE $2"},
    {"like", 3, "$1 LIKE $2"},
    {"ln", 1, "ln"},
    {"log", 1, "LOG(E(), $1)"},
    {"log", 2, "LOG"},
    {"log10", 1, "LOG10"},
    {"log1p", 1, "LOG1P"},
    {"log2", 1, "LOG2"},
    {"ltrim", 2, "TRIM(LEADING $1 FROM $2)"},
    {"mode", 2, "mode($1)"},
    {"not", 1, "(NOT $1)"},
    {"or", 2, "($1 OR $2)"},
    {"percent_rank", -1, "PERCENT_RANK()"},
    {"percentile", 2, "percentile($1, $2, 1)"},
    {"pi", 0, "PI()"},
    {"positive", 1, "(+ $1)"},
    {"pow", 2, "pow"},
    {"power", 2, "POWER"},
    {"radians", 1, "RADIANS"},
    {"random", -1, "rand"},
    {"rank", -1, "RANK()"},
    {"regexp", 2, "REGEXP"},
    {"regexp_like", 2, "REGEXP_LIKE"},
    {"rint", 1, "rint"},
    {"rlike", 2, "RLIKE"},
    {"rtrim", 2, "TRIM(TRAILING $1 FROM $2)"},
    {"sec", 1, "SEC"},
    {"shuffle", 2, "shuffle($1)"},
    {"signum", 1, "SIGNUM"},
    {"sin", 1, "SIN"},
    {"sinh", 1, "SINH"},
    {"spark_partition_id", 0, "SPARK_PARTITION_ID()"},
    {"sqrt", 1, "SQRT"},
    {"tan", 1, "TAN"},
    {"tanh", 1, "TANH"},
    {"trim", 2, "TRIM(BOTH $1 FROM $2)"},
    {"user", 0, "current_user"},
    {"|", 2, "($1 | $2)"},
    {"||", -1, "concat"},
    {"~", 1, "~$1"},
};

constexpr bool is_sorted() {
  for (size_t i = 1; i < std::size(kForms); ++i) {
    const Form& a = kForms[i - 1];
    const Form& b = kForms[i];
    if (!(a.function < b.function || (a.function == b.function && a.count < b.count))) return false;
  }
  return true;
}
static_assert(is_sorted());

const Form* find_form(std::string_view function, size_t count) {
  const Form* form = std::lower_bound(
      std::begin(kForms), std::end(kForms), function,
      [](const Form& each, std::string_view name) { return each.function < name; });
  for (; form != std::end(kForms) && form->function == function; ++form) {
    if (form->count < 0 || form->count == static_cast<int>(count)) return form;
  }
  return nullptr;
}

std::string join_from(const std::vector<std::string>& arguments, size_t first) {
  std::string joined;
  for (size_t i = first; i < arguments.size(); ++i) {
    if (i > first) joined += ", ";
    joined += arguments[i];
  }
  return joined;
}

std::string fill(std::string_view form, const std::vector<std::string>& arguments) {
  std::string text;
  for (size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '$') {
      text += form[i];
      continue;
    }
    const auto index = static_cast<size_t>(form[++i] - '1');
    if (i + 1 < form.size() && form[i + 1] == '*') {
      text += join_from(arguments, index);
      ++i;
    } else {
      text += arguments[index];
    }
  }
  return text;
}

std::string case_text(const std::vector<std::string>& arguments) {
  std::string text = "CASE";
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    text += " WHEN " + arguments[i] + " THEN " + arguments[i + 1];
  }
  if (arguments.size() % 2 == 1) text += " ELSE " + arguments.back();
  return text + " END";
}

/// struct(…) prints its values, not the names between them.
std::string struct_text(const std::vector<std::string>& arguments) {
  std::string joined;
  for (size_t i = 1; i < arguments.size(); i += 2) {
    joined += (joined.empty() ? "" : ", ") + arguments[i];
  }
  return "struct(" + joined + ")";
}

}  // namespace

std::string_view printed_name(std::string_view function) {
  for (size_t count = 0; count < 4; ++count) {
    const Form* form = find_form(function, count);
    if (form != nullptr && form->form.find('$') == std::string_view::npos) return form->form;
  }
  return function;
}

std::string call_text(std::string_view function, const std::vector<std::string>& arguments) {
  if (function == "when" || function == "case") return case_text(arguments);
  if (function == "struct") return struct_text(arguments);
  if (function == "window") return "window";  // TimeWindowing makes it a column of that name
  const Form* form = find_form(function, arguments.size());
  if (form == nullptr) return std::string(function) + "(" + join_from(arguments, 0) + ")";
  if (form->form.find_first_of("$(") != std::string_view::npos) return fill(form->form, arguments);
  return std::string(form->form) + "(" + join_from(arguments, 0) + ")";
}

}  // namespace grebe::resolved
