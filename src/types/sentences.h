// A text → its sentences, each as its words (Spark's sentences()).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grebe::types {

/// Whose rules split; empty for the default (US English).
struct SentenceLocale {
  std::string language;
  std::string country;
};

/// Words begin with a letter or digit; all else between them is left out.
std::vector<std::vector<std::string>> split_sentences(std::string_view text,
                                                      const SentenceLocale& locale);

}  // namespace grebe::types
