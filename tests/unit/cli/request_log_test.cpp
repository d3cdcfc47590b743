#include "cli/request_log.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace pail::cli {
namespace {

using ::testing::HasSubstr;

RequestRecord record(const std::string& key) {
  RequestRecord record;
  record.bucket = "b";
  record.key = key;
  record.status = 200;
  return record;
}

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_writer();
    close_reader();
  }

  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_writer() { close(ends_[1]); }
  void close_reader() { close(ends_[0]); }

  std::string read_all() {
    close_writer();
    std::string all;
    std::array<char, 4096> piece{};
    ssize_t got = 0;
    while ((got = ::read(ends_[0], piece.data(), piece.size())) > 0) {
      all.append(piece.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  static void close(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
  }

  std::array<int, 2> ends_{};
};

TEST(RequestLog, WritesWhatIsQueuedBeforeItEnds) {
  Pipe pipe;
  {
    RequestLog log(pipe.writer(), LogFormat::kJson, false);
    for (int i = 0; i < 100; ++i) log.write(record("k" + std::to_string(i)));
  }
  const std::string all = pipe.read_all();
  EXPECT_EQ(std::ranges::count(all, '\n'), 100);
  EXPECT_THAT(all, HasSubstr("\"key\":\"k99\""));
}

TEST(RequestLog, SeveralThreadsDoNotMixTheirLines) {
  Pipe pipe;
  {
    RequestLog log(pipe.writer(), LogFormat::kJson, false);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&log] {
        for (int i = 0; i < 50; ++i) log.write(record("same"));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const std::string all = pipe.read_all();
  const std::string first = all.substr(0, all.find('\n') + 1);
  std::string expected;
  for (int i = 0; i < 200; ++i) expected += first;
  EXPECT_EQ(all, expected);
}

TEST(RequestLog, ServingGoesOnWhenNobodyReads) {
  std::signal(SIGPIPE, SIG_IGN);  // as main() does
  Pipe pipe;
  {
    RequestLog log(pipe.writer(), LogFormat::kHuman, false);
    // More than the pipe and the queue hold together; no write may wait for the reader.
    for (int i = 0; i < 10'000; ++i) log.write(record(std::string(100, 'k')));
    pipe.close_reader();
  }
  SUCCEED() << "came to its end";
}

TEST(RequestLog, OffWritesNothing) {
  Pipe pipe;
  {
    RequestLog log(pipe.writer(), LogFormat::kOff, false);
    log.write(record("k"));
  }
  EXPECT_EQ(pipe.read_all(), "");
}

TEST(Colours, AreForTerminals) {
  Pipe pipe;
  EXPECT_FALSE(wants_colours(pipe.writer(), Environment()));
}

}  // namespace
}  // namespace pail::cli
