#include "cli/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include <spawn.h>
#include <sys/wait.h>

namespace pail::cli {
namespace {

constexpr std::array kPassedOn = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

sigset_t kept_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : kPassedOn) sigaddset(&signals, number);
  sigaddset(&signals, SIGCHLD);
  return signals;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The child begins as if this process had never touched its signals.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    sigset_t none;
    sigemptyset(&none);
    sigset_t kept = kept_signals();
    sigaddset(&kept, SIGPIPE);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &kept);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

int exit_code(int status) {
  constexpr int kSignalled = 128;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
}

}  // namespace

std::vector<std::string> changed_environment(char* const* entries,
                                             const ChangedVariables& changed) {
  std::vector<std::string> result;
  for (; *entries != nullptr; ++entries) {
    const std::string_view entry = *entries;
    if (!changed.contains(entry.substr(0, entry.find('=')))) result.emplace_back(entry);
  }
  for (const auto& [name, value] : changed) {
    if (value) result.push_back(name + "=" + *value);
  }
  return result;
}

ChildProcess::ChildProcess() {
  const sigset_t signals = kept_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Result<void, ChildProcess::Failure> ChildProcess::start(
    std::span<const std::string> command, const std::vector<std::string>& environment) {
  constexpr int kNotFound = 127;
  constexpr int kNotToBeRun = 126;
  std::vector<std::string> words(command.begin(), command.end());
  std::vector<std::string> variables = environment;
  const SpawnAttributes attributes;
  const int failed = ::posix_spawnp(&id_, words.front().c_str(), nullptr, attributes.get(),
                                    pointers_to(words).data(), pointers_to(variables).data());
  if (failed == 0) return {};
  return Unexpected{Failure{failed == ENOENT ? kNotFound : kNotToBeRun,
                            "cannot run " + words.front() + ": " + std::strerror(failed)}};
}

int ChildProcess::wait() {
  const sigset_t signals = kept_signals();
  while (true) {
    siginfo_t signal{};
    if (::sigwaitinfo(&signals, &signal) < 0) continue;
    if (signal.si_signo == SIGCHLD) {
      int status = 0;
      if (::waitpid(id_, &status, WNOHANG) == id_) return exit_code(status);
    } else if (signal.si_code != SI_KERNEL) {
      ::kill(id_, signal.si_signo);
    }
  }
}

}  // namespace pail::cli
