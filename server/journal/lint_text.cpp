#include "journal/lint_text.h"

#include "journal/printable.h"

namespace pail::journal {

std::string lint_text(std::span<const Finding> findings) {
  if (findings.empty()) return "nothing was found that would fail or cost on AWS\n";
  std::string out;
  for (const Finding& finding : findings) {
    out.append(severity_name(finding.severity)).append(" ").append(finding.name).append(": ");
    out.append(printable(finding.what)).append("\n");
    out.append("  why: ").append(printable(finding.why)).append("\n");
    out.append("  do:  ").append(printable(finding.what_to_do)).append("\n");
    for (const std::string& example : finding.examples) {
      out.append("  e.g. ").append(printable(example)).append("\n");
    }
  }
  return out;
}

nlohmann::ordered_json lint_json(std::span<const Finding> findings) {
  auto list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    nlohmann::ordered_json object;
    object["name"] = finding.name;
    object["severity"] = severity_name(finding.severity);
    object["what"] = finding.what;
    object["why"] = finding.why;
    object["what_to_do"] = finding.what_to_do;
    object["count"] = finding.count;
    object["examples"] = finding.examples;
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace pail::journal
