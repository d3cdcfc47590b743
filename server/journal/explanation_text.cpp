#include "journal/explanation_text.h"

#include <string_view>
#include <vector>

#include "journal/printable.h"
#include "text/ascii.h"

namespace pail::journal {
namespace {

void add_list(std::string& out, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out.append(title).append(":\n");
  for (const std::string& line : lines) out.append("  ").append(printable(line)).append(1, '\n');
}

void add_block(std::string& out, std::string_view title, const std::string& text) {
  if (text.empty()) return;
  std::vector<std::string> lines;
  for (const std::string_view line : text::split(text, '\n')) lines.emplace_back(line);
  add_list(out, title, lines);
}

void add_difference(std::string& out, const Explanation& explanation) {
  if (explanation.differing_part.empty()) return;
  out += "where it differs: " + printable(explanation.differing_part) + "\n";
  if (explanation.server_line == explanation.client_line) return;
  out += "  server  " + printable(explanation.server_line) + "\n";
  out += "  client  " + printable(explanation.client_line) + "\n";
}

}  // namespace

std::string explanation_text(const Explanation& explanation) {
  std::string out = printable(explanation.headline) + "\n";
  if (!explanation.request_id.empty()) {
    out += "request id: " + printable(explanation.request_id) + "\n";
  }
  out.append("cause: ").append(cause_name(explanation.cause)).append(1, '\n');
  add_list(out, "why", explanation.reasons);
  add_difference(out, explanation);
  add_list(out, "did you mean", explanation.did_you_mean);
  add_list(out, "what to do", explanation.next_steps);
  add_block(out, "canonical request (of the server)", explanation.canonical_request);
  add_block(out, "string to sign (of the server)", explanation.string_to_sign);
  return out;
}

nlohmann::ordered_json explanation_json(const Explanation& explanation) {
  nlohmann::ordered_json object;
  const auto add = [&object](const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
  };
  const auto add_texts = [&object](const char* name, const std::vector<std::string>& list) {
    if (!list.empty()) object[name] = list;
  };
  add("request_id", explanation.request_id);
  add("headline", explanation.headline);
  object["cause"] = cause_name(explanation.cause);
  add_texts("reasons", explanation.reasons);
  add("canonical_request", explanation.canonical_request);
  add("string_to_sign", explanation.string_to_sign);
  add("differing_part", explanation.differing_part);
  add("server_line", explanation.server_line);
  add("client_line", explanation.client_line);
  add_texts("did_you_mean", explanation.did_you_mean);
  add_texts("next_steps", explanation.next_steps);
  return object;
}

}  // namespace pail::journal
