#include "cli/stop_signal.h"

#include <csignal>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace pail::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

extern "C" void end_at_once(int /*signal*/) { ::_exit(0); }

}  // namespace

StopSignal::StopSignal() {
  const sigset_t signals = stop_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void StopSignal::wait() {
  const sigset_t signals = stop_signals();
  int received = 0;
  ::sigwait(&signals, &received);
  struct sigaction end {};
  end.sa_handler = end_at_once;
  ::sigaction(SIGINT, &end, nullptr);
  ::sigaction(SIGTERM, &end, nullptr);
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace pail::cli
