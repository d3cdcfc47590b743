#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace pail::test {

/// A directory of one test, gone at its end.
class TestDirectory {
 public:
  TestDirectory();
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;
  ~TestDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& name) const;
  void write(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
};

struct Invocation {
  std::vector<std::string> arguments;
  /// The whole environment of the process.
  std::map<std::string, std::string> variables;
  std::filesystem::path directory;
};

/// The binary under test, running. Its output goes to files, so that it never waits for the test.
/// Every wait is bounded; what is left at the end is killed.
class PailProcess {
 public:
  explicit PailProcess(const Invocation& invocation);
  PailProcess(const PailProcess&) = delete;
  PailProcess& operator=(const PailProcess&) = delete;
  ~PailProcess();

  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;
  [[nodiscard]] pid_t id() const { return id_; }

  /// Waits until `text` has been printed on stdout; false if the process ends before.
  bool prints(const std::string& text);
  /// The endpoint that it printed, once it did; empty if the process ends before.
  std::string endpoint();
  void signal(int number) const;
  /// The exit code, 128 + the number of the signal that ended it, or nothing if it still runs.
  std::optional<int> wait(std::chrono::seconds limit = std::chrono::seconds(30));

 private:
  bool has_ended();

  TestDirectory output_;
  pid_t id_ = -1;
  std::optional<int> code_;
};

/// Runs the binary to its end.
struct Finished {
  std::optional<int> code;
  std::string out;
  std::string err;
};
Finished run_pail(const Invocation& invocation);

/// The status of the answer to a GET; 0 if there is none. `endpoint` is http://127.0.0.1:PORT.
int get_status(const std::string& endpoint, const std::string& path);

}  // namespace pail::test
