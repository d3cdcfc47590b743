#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/source_text.h"

namespace pail::test::tidy {

/// What is wrong, one sentence each, beginning with the file's path.
using Complaints = std::vector<std::string>;

/// Which modules a module may include from, as server/CMakeLists.txt says: the one source of that.
using ModuleTable = std::map<std::string, std::set<std::string>>;
ModuleTable read_module_table(std::string_view cmake_text);

/// #include "x/…" stays within the module, or goes where the table lets it, and the file is there.
Complaints check_module_includes(const std::vector<SourceFile>& files, const ModuleTable& table);

/// No module leans on itself, however many steps away.
Complaints check_no_cycles(const ModuleTable& table);

/// Libraries with a room of their own are included nowhere else.
Complaints check_library_rooms(const std::vector<SourceFile>& files);

/// The types of an operation stay in its file: it has no header, and nobody includes a .cpp.
Complaints check_operations_are_private(const std::vector<SourceFile>& files);

/// At most 400 lines a file and 70 a function.
Complaints check_lengths(const std::vector<SourceFile>& files);

/// No manager, helper, util, common, misc in names of files and identifiers.
Complaints check_names(const std::vector<SourceFile>& files);

/// include/pail/ includes the standard library and itself only.
Complaints check_public_includes(const std::vector<SourceFile>& files);

/// Each *_test.cpp lies in a folder that a pail_test() of the CMakeLists.txt files takes in, and a
/// unit test is called after the source that it tests.
Complaints check_tests_have_targets(const std::vector<SourceFile>& files);

}  // namespace pail::test::tidy
