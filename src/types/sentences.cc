// Sentences and words by ICU's boundary rules; see sentences.h.
#include "types/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "core/spark_error.h"

namespace grebe::types {

namespace {

using Iterator = std::unique_ptr<icu::BreakIterator>;

Iterator checked(icu::BreakIterator* iterator, UErrorCode status) {
  Iterator owned(iterator);
  if (U_FAILURE(status) != 0 || !owned) {
    throw core::internal_error("ICU has no rules for sentences and words");
  }
  return owned;
}

/// The parts of `text` between boundaries.
template <class Visit>
void for_each_part(icu::BreakIterator& iterator, const icu::UnicodeString& text,
                   const Visit& visit) {
  iterator.setText(text);
  int32_t start = iterator.first();
  for (int32_t end = iterator.next(); end != icu::BreakIterator::DONE; end = iterator.next()) {
    visit(text.tempSubStringBetween(start, end));
    start = end;
  }
}

}  // namespace

std::vector<std::vector<std::string>> split_sentences(std::string_view text,
                                                      const SentenceLocale& locale) {
  const bool is_default = locale.language.empty() && locale.country.empty();
  const icu::Locale rules = is_default
                                ? icu::Locale::getUS()
                                : icu::Locale(locale.language.c_str(), locale.country.c_str());
  UErrorCode status = U_ZERO_ERROR;
  const Iterator sentences =
      checked(icu::BreakIterator::createSentenceInstance(rules, status), status);
  const Iterator words = checked(icu::BreakIterator::createWordInstance(rules, status), status);
  std::vector<std::vector<std::string>> found;
  const auto whole = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  for_each_part(*sentences, whole, [&](const icu::UnicodeString& sentence) {
    std::vector<std::string> parts;
    for_each_part(*words, sentence, [&](const icu::UnicodeString& word) {
      if (u_isalnum(word.char32At(0)) == 0) return;
      std::string utf8;
      parts.push_back(word.toUTF8String(utf8));
    });
    found.push_back(std::move(parts));
  });
  return found;
}

}  // namespace grebe::types
