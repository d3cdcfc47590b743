#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/cli.h"
#include "cli/environment.h"

int main(int count, char** arguments) {
  // A peer that has gone is an error of one connection, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  return pail::cli::run(words, pail::cli::Environment::of_process(::environ), std::cout, std::cerr);
}
