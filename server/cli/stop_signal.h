#pragma once

namespace pail::cli {

/// The wish to end, as the process is told it: SIGINT (Ctrl-C) and SIGTERM. Made in main's thread
/// before any other thread, which then inherits that these signals are kept for wait().
class StopSignal {
 public:
  StopSignal();

  /// Until the first of them has come. After that the next one ends the process at once, with exit
  /// code 0: what was answered is safe at any moment.
  void wait();
};

/// As many open files as the system lets this process have: each connection is one.
void raise_file_limit();

}  // namespace pail::cli
