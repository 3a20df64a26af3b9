// A summary → one self-contained HTML page: its JSON, a style and a script that draws it.
#include <fmt/format.h>

#include "lab/report/page.h"
#include "lab/report/render.h"

namespace grebe::lab::report {
namespace {

/// JSON that may stand inside a script element.
std::string embed_json(const Json& document) {
  std::string text = document.dump();
  std::string safe;
  for (char c : text) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string escape(const std::string& text) {
  std::string safe;
  for (char c : text) safe += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return safe;
}

}  // namespace

std::string render_html(const Json& summary) {
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  page += "<title>" + escape(summary["benchmark_id"].get<std::string>()) + "</title>\n";
  page += "<style>\n" + std::string(kPageStyle) + "</style>\n</head>\n<body>\n";
  page +=
      "<main id=\"page\"><noscript>This page draws itself from the JSON that it holds; the same "
      "figures stand in the Markdown file beside it.</noscript></main>\n";
  page += "<script type=\"application/json\" id=\"report\">" + embed_json(summary) + "</script>\n";
  page += "<script>\n" + std::string(kPageScript) + "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace grebe::lab::report
