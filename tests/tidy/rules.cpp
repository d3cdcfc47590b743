#include "tidy/rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

#include "tidy/function_lengths.h"

namespace pail::test::tidy {
namespace {

constexpr std::size_t kFileLinesMost = 400;
constexpr std::size_t kFunctionLinesMost = 70;

struct LibraryRoom {
  std::string_view prefix;
  std::vector<std::string_view> folders;
};

const std::vector<LibraryRoom>& library_rooms() {
  static const std::vector<LibraryRoom> kRooms = {
      {"boost/", {"server/transport/"}},
      {"pugixml", {"server/xml/"}},
      {"sqlite3", {"server/store/disk/"}},
      {"nlohmann/",
       {"server/access/", "server/auth/", "server/capi/", "server/cli/", "server/control/",
        "server/encryption/", "server/fault/", "server/journal/"}},
      {"CLI/", {"server/cli/"}},
      {"spdlog/", {"server/cli/"}},
  };
  return kRooms;
}

bool begins_with_any(const std::string& path, const std::vector<std::string_view>& folders) {
  return std::ranges::any_of(folders, [&](std::string_view f) { return path.starts_with(f); });
}

std::string stem(const std::string& path) { return path.substr(0, path.rfind('.')); }

std::string folder(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::set<std::string> paths_of(const std::vector<SourceFile>& files) {
  std::set<std::string> paths;
  for (const SourceFile& file : files) paths.insert(file.path);
  return paths;
}

bool reaches(const ModuleTable& table, const std::string& from, const std::string& to,
             std::set<std::string>& seen) {
  const auto found = table.find(from);
  if (found == table.end() || !seen.insert(from).second) return false;
  return std::ranges::any_of(found->second, [&](const std::string& next) {
    return next == to || reaches(table, next, to, seen);
  });
}

/// The first word of an identifier that says nothing; S3's and X.509's own words are not ours.
std::string empty_word(std::string_view identifier) {
  static const std::set<std::string> kBanned = {"manager", "managers", "helper", "helpers",
                                                "util",    "utils",    "common", "misc"};
  const auto words = words_of(identifier);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!kBanned.contains(words[i])) continue;
    const std::string next = i + 1 < words.size() ? words[i + 1] : "";
    if (words[i] == "common" && (next.starts_with("prefix") || next == "name")) continue;
    return words[i];
  }
  return "";
}

std::set<std::string> identifiers(std::string_view code) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  std::set<std::string> found;
  for (std::size_t at = code.find_first_of(kCharacters); at < code.size();) {
    const auto end = std::min(code.find_first_not_of(kCharacters, at), code.size());
    found.emplace(code.substr(at, end - at));
    at = code.find_first_of(kCharacters, end);
  }
  return found;
}

/// The folders that the pail_test() calls of one CMakeLists.txt take in.
std::vector<std::string> tested_folders(const SourceFile& cmake) {
  static const std::regex kCall(R"(pail_test\(\s*\S+\s+\"([^\"]+)\")");
  std::vector<std::string> folders;
  for (std::sregex_iterator call(cmake.text.begin(), cmake.text.end(), kCall), end; call != end;
       ++call) {
    std::string path = (*call)[1].str();
    const std::string here = "${CMAKE_CURRENT_SOURCE_DIR}";
    if (const auto at = path.find(here); at != std::string::npos) {
      path.replace(at, here.size(), folder(cmake.path));
    }
    const auto variable = path.find("${");
    folders.push_back(variable == std::string::npos ? path + "/" : path.substr(0, variable));
  }
  return folders;
}

bool has_source(const std::set<std::string>& paths, const std::string& test) {
  // tests/unit/<module>/<file>_test.cpp
  constexpr std::string_view kUnit = "tests/unit/";
  constexpr std::string_view kEnd = "_test.cpp";
  const std::string rest = test.substr(kUnit.size());
  const std::string module = rest.substr(0, rest.find('/'));
  std::string name = test.substr(test.rfind('/') + 1);
  name.resize(name.size() - kEnd.size());
  return std::ranges::any_of(paths, [&](const std::string& path) {
    return path.starts_with("server/" + module + "/") &&
           (path.ends_with("/" + name + ".cpp") || path.ends_with("/" + name + ".h"));
  });
}

}  // namespace

ModuleTable read_module_table(std::string_view cmake_text) {
  static const std::regex kCall(R"(pail_module\(([^)]*)\))");
  const std::string text(cmake_text);
  ModuleTable table;
  for (std::sregex_iterator call(text.begin(), text.end(), kCall), end; call != end; ++call) {
    std::istringstream words((*call)[1].str());
    std::string name;
    words >> name;
    auto& depends = table[name];
    bool is_dependency = false;
    for (std::string word; words >> word;) {
      if (word == "DEPENDS" || word == "LIBRARIES") {
        is_dependency = word == "DEPENDS";
      } else if (is_dependency) {
        depends.insert(word);
      }
    }
  }
  return table;
}

Complaints check_module_includes(const std::vector<SourceFile>& files, const ModuleTable& table) {
  const auto paths = paths_of(files);
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!is_code(file) || !file.path.starts_with("server/")) continue;
    const std::string module = module_of(file.path);
    // What stands beside the rooms builds the program from its topmost one.
    const std::set<std::string> main_may = {"cli"};
    const auto row = table.find(module);
    if (!module.empty() && row == table.end()) {
      complaints.push_back(file.path + ": no pail_module(" + module +
                           " …) in server/CMakeLists.txt");
      continue;
    }
    const std::set<std::string>& may = module.empty() ? main_may : row->second;
    for (const Include& include : includes(file)) {
      if (!include.is_quoted || include.target.starts_with("pail/")) continue;
      const std::string target = include.target.substr(0, include.target.find('/'));
      if (target != module && !may.contains(target)) {
        complaints.push_back(file.path + ": may not include \"" + include.target +
                             "\"; server/CMakeLists.txt does not name it for " + module);
      } else if (!paths.contains("server/" + include.target)) {
        complaints.push_back(file.path + ": includes \"" + include.target +
                             "\", which is not there");
      }
    }
  }
  return complaints;
}

Complaints check_no_cycles(const ModuleTable& table) {
  Complaints complaints;
  for (const auto& [module, depends] : table) {
    std::set<std::string> seen;
    if (reaches(table, module, module, seen)) {
      complaints.push_back("server/CMakeLists.txt: " + module + " leans on itself");
    }
  }
  return complaints;
}

Complaints check_library_rooms(const std::vector<SourceFile>& files) {
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!is_code(file) || !file.path.starts_with("server/")) continue;
    for (const Include& include : includes(file)) {
      for (const LibraryRoom& room : library_rooms()) {
        if (!include.target.starts_with(room.prefix)) continue;
        if (begins_with_any(file.path, room.folders)) continue;
        complaints.push_back(file.path + ": <" + include.target + "> belongs to " +
                             std::string(room.folders.front()));
      }
    }
  }
  return complaints;
}

Complaints check_operations_are_private(const std::vector<SourceFile>& files) {
  const auto paths = paths_of(files);
  Complaints complaints;
  for (const SourceFile& file : files) {
    for (const Include& include : includes(file)) {
      if (!include.target.ends_with(".cpp")) continue;
      complaints.push_back(file.path + ": includes the source " + include.target);
    }
    const bool is_operation = file.path.starts_with("server/operations/") &&
                              file.path.ends_with(".cpp") &&
                              code_only(file.text).find("PAIL_OPERATION(") != std::string::npos;
    if (is_operation && paths.contains(stem(file.path) + ".h")) {
      complaints.push_back(file.path + ": an operation has no header");
    }
  }
  return complaints;
}

Complaints check_lengths(const std::vector<SourceFile>& files) {
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!is_code(file)) continue;
    const auto lines = static_cast<std::size_t>(std::ranges::count(file.text, '\n'));
    if (lines > kFileLinesMost) {
      complaints.push_back(file.path + ": has " + std::to_string(lines) + " lines");
    }
    for (const FunctionLength& function : function_lengths(file.text)) {
      if (function.lines <= kFunctionLinesMost) continue;
      complaints.push_back(file.path + ":" + std::to_string(function.line) + ": " +
                           function.header + "has " + std::to_string(function.lines) + " lines");
    }
  }
  return complaints;
}

Complaints check_names(const std::vector<SourceFile>& files) {
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (const std::string word = empty_word(file.path); !word.empty()) {
      complaints.push_back(file.path + ": '" + word + "' in the name of a file says nothing");
    }
    if (!is_code(file)) continue;
    for (const std::string& identifier : identifiers(code_only(file.text))) {
      if (empty_word(identifier).empty()) continue;
      complaints.push_back(file.path + ": '" + identifier + "' says nothing");
    }
  }
  return complaints;
}

Complaints check_public_includes(const std::vector<SourceFile>& files) {
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!file.path.starts_with("include/pail/")) continue;
    for (const Include& include : includes(file)) {
      const bool is_standard =
          !include.is_quoted && include.target.find_first_of("./") == std::string::npos;
      const bool is_own = include.is_quoted && include.target.starts_with("pail/");
      if (is_standard || is_own) continue;
      complaints.push_back(file.path + ": a public header may not include " + include.target);
    }
  }
  return complaints;
}

Complaints check_tests_have_targets(const std::vector<SourceFile>& files) {
  const auto paths = paths_of(files);
  std::vector<std::string> folders;
  for (const SourceFile& file : files) {
    if (!file.path.starts_with("tests/") || !file.path.ends_with("/CMakeLists.txt")) continue;
    const auto found = tested_folders(file);
    folders.insert(folders.end(), found.begin(), found.end());
  }
  Complaints complaints;
  for (const std::string& path : paths) {
    if (!path.starts_with("tests/") || !path.ends_with("_test.cpp")) continue;
    const bool is_taken_in = std::ranges::any_of(
        folders, [&path](const std::string& folder) { return path.starts_with(folder); });
    if (!is_taken_in) complaints.push_back(path + ": belongs to no pail_test()");
    if (path.starts_with("tests/unit/") && !has_source(paths, path)) {
      complaints.push_back(path + ": there is no source of this name in its module");
    }
  }
  return complaints;
}

}  // namespace pail::test::tidy
