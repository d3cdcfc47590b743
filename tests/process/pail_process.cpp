#include "process/pail_process.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pail::test {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kStep{2};

std::string read(const std::filesystem::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

/// Asks again and again until the answer is true; false when patience is at its end.
bool eventually(std::chrono::milliseconds limit, const std::function<bool()>& is_true) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!is_true()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(kStep);
  }
  return true;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// In the child; never returns.
[[noreturn]] void become_pail(const Invocation& invocation, const std::string& out,
                              const std::string& err) {
  std::vector<std::string> arguments = {PAIL_BINARY};
  arguments.insert(arguments.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : invocation.variables) variables.push_back(name + "=" + value);
  const int in = ::open("/dev/null", O_RDONLY);
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const bool is_ready = ::dup2(in, 0) == 0 && ::dup2(out_file, 1) == 1 &&
                        ::dup2(err_file, 2) == 2 && ::chdir(invocation.directory.c_str()) == 0;
  if (is_ready) ::execve(PAIL_BINARY, pointers(arguments).data(), pointers(variables).data());
  ::_exit(127);
}

}  // namespace

TestDirectory::TestDirectory() {
  std::string name = std::filesystem::temp_directory_path() / "pail-process-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = name;
}

TestDirectory::~TestDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TestDirectory::file(const std::string& name) const { return path_ / name; }

void TestDirectory::write(const std::string& name, const std::string& content) const {
  std::ofstream(path_ / name, std::ios::binary) << content;
}

PailProcess::PailProcess(const Invocation& invocation) {
  id_ = ::fork();
  if (id_ == 0) become_pail(invocation, output_.file("out"), output_.file("err"));
  if (id_ < 0) throw std::runtime_error("fork failed");
}

PailProcess::~PailProcess() {
  if (has_ended()) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

std::string PailProcess::out() const { return read(output_.path() / "out"); }

std::string PailProcess::err() const { return read(output_.path() / "err"); }

bool PailProcess::has_ended() {
  if (code_) return true;
  int status = 0;
  if (::waitpid(id_, &status, WNOHANG) != id_) return false;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

bool PailProcess::prints(const std::string& text) {
  const auto has_printed = [this, &text] { return out().find(text) != std::string::npos; };
  eventually(kPatience, [&] { return has_printed() || has_ended(); });
  return has_printed();
}

std::string PailProcess::endpoint() {
  const std::string name = "export AWS_ENDPOINT_URL_S3=";
  if (!prints("export AWS_REGION=")) return "";
  const std::string text = out();
  const auto begin = text.find(name) + name.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

void PailProcess::signal(int number) const { ::kill(id_, number); }

std::optional<int> PailProcess::wait(std::chrono::seconds limit) {
  eventually(limit, [this] { return has_ended(); });
  return code_;
}

Finished run_pail(const Invocation& invocation) {
  PailProcess process(invocation);
  const auto code = process.wait();
  return {code, process.out(), process.err()};
}

int get_status(const std::string& endpoint, const std::string& path) {
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port =
      htons(static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
  const timeval patience{kPatience.count(), 0};
  ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  std::array<char, 64> answer{};
  const std::string request =
      "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  ssize_t got = -1;
  if (::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      ::send(client, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    got = ::recv(client, answer.data(), answer.size() - 1, MSG_WAITALL);
  }
  ::close(client);
  const std::string text(answer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  return text.starts_with("HTTP/1.1 ") ? std::atoi(text.c_str() + 9) : 0;
}

}  // namespace pail::test
