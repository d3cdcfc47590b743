#include <csignal>
#include <fstream>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process/pail_process.h"

namespace pail::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string content(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Serve : public ::testing::Test {
 protected:
  [[nodiscard]] Invocation invocation(std::vector<std::string> arguments,
                                      std::map<std::string, std::string> variables = {}) const {
    arguments.insert(arguments.begin(), "serve");
    return {std::move(arguments), std::move(variables), directory_.path()};
  }
  [[nodiscard]] Invocation in_memory(std::vector<std::string> arguments,
                                     std::map<std::string, std::string> variables = {}) const {
    arguments.insert(arguments.end(), {"--memory", "--listen", "127.0.0.1:0"});
    return invocation(std::move(arguments), std::move(variables));
  }

  TestDirectory directory_;
};

TEST_F(Serve, PrintsWhatAClientNeedsAndAnswers) {
  PailProcess pail(in_memory({"--bucket", "photos:public-read"}));
  const std::string endpoint = pail.endpoint();
  ASSERT_THAT(endpoint, StartsWith("http://127.0.0.1:")) << pail.err();
  EXPECT_EQ(get_status(endpoint, "/_pail/health"), 200);
  EXPECT_THAT(pail.out(), AllOf(HasSubstr("photos  (everybody reads)"),
                                HasSubstr("export AWS_ACCESS_KEY_ID=pail\n")));
  EXPECT_THAT(pail.err(), IsEmpty());
}

TEST_F(Serve, WritesTheEndpointToTheReadyFile) {
  PailProcess pail(in_memory({"--ready-file", "endpoint.txt"}));
  const std::string endpoint = pail.endpoint();
  ASSERT_FALSE(endpoint.empty()) << pail.err();
  pail.signal(SIGTERM);
  EXPECT_EQ(pail.wait(), 0);
  EXPECT_EQ(content(directory_.file("endpoint.txt")), endpoint + "\n");
}

TEST_F(Serve, StopsWithoutFailureOnTheUsualSignals) {
  for (const int number : {SIGTERM, SIGINT}) {
    PailProcess pail(in_memory({}));
    ASSERT_FALSE(pail.endpoint().empty()) << pail.err();
    pail.signal(number);
    EXPECT_EQ(pail.wait(), 0);
  }
}

/// A connection whose request never ends: a graceful stop waits for it.
class HalfRequest {
 public:
  explicit HalfRequest(const std::string& endpoint) : client_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
    const std::string text =
        "PUT /open/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
        "Expect: 100-continue\r\n\r\n";
    is_sent_ =
        ::connect(client_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
        ::send(client_, text.data(), text.size(), MSG_NOSIGNAL) > 0;
    char answer[12] = {};
    is_waited_for_ = is_sent_ && ::recv(client_, answer, sizeof(answer), MSG_WAITALL) == 12 &&
                     std::string(answer, 12) == "HTTP/1.1 100";
  }
  HalfRequest(const HalfRequest&) = delete;
  HalfRequest& operator=(const HalfRequest&) = delete;
  ~HalfRequest() { ::close(client_); }

  [[nodiscard]] bool is_waited_for() const { return is_waited_for_; }

 private:
  int client_;
  bool is_sent_ = false;
  bool is_waited_for_ = false;
};

TEST_F(Serve, SecondSignalEndsAtOnce) {
  PailProcess pail(in_memory({"--bucket", "open:public-read-write"}));
  const std::string endpoint = pail.endpoint();
  ASSERT_FALSE(endpoint.empty()) << pail.err();
  const HalfRequest half(endpoint);
  ASSERT_TRUE(half.is_waited_for());
  pail.signal(SIGTERM);
  EXPECT_EQ(pail.wait(std::chrono::seconds(1)), std::nullopt) << "the running request is cut";
  pail.signal(SIGTERM);
  EXPECT_EQ(pail.wait(std::chrono::seconds(3)), 0);
}

TEST_F(Serve, KeepsDataInTheWorkingDirectoryByDefault) {
  PailProcess pail(invocation({"--listen", "127.0.0.1:0", "--bucket", "photos"}));
  ASSERT_FALSE(pail.endpoint().empty()) << pail.err();
  EXPECT_TRUE(std::filesystem::is_directory(directory_.path() / ".pail"));
  pail.signal(SIGTERM);
  ASSERT_EQ(pail.wait(), 0);
  PailProcess again(invocation({"--listen", "127.0.0.1:0"}));
  ASSERT_FALSE(again.endpoint().empty()) << again.err();
  EXPECT_THAT(again.out(), HasSubstr("buckets       photos\n"));
}

TEST_F(Serve, RefusesADirectoryThatIsInUse) {
  PailProcess first(invocation({"--listen", "127.0.0.1:0"}));
  ASSERT_FALSE(first.endpoint().empty()) << first.err();
  const Finished second = run_pail(invocation({"--listen", "127.0.0.1:0"}));
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, AllOf(StartsWith("pail: "), HasSubstr("in use by another pail")));
}

TEST_F(Serve, RefusesAPortThatIsInUse) {
  PailProcess first(in_memory({}));
  const std::string endpoint = first.endpoint();
  ASSERT_FALSE(endpoint.empty()) << first.err();
  const std::string address = endpoint.substr(std::string("http://").size());
  const Finished second = run_pail(invocation({"--memory", "--listen", address}));
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("cannot listen on " + address));
  EXPECT_THAT(second.out, IsEmpty());
}

TEST_F(Serve, RefusesABucketThatCannotBeMade) {
  const Finished finished = run_pail(in_memory({"--bucket", "No"}));
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.err, StartsWith("pail: cannot make bucket 'No': "));
}

TEST_F(Serve, MistakesInTheConfigurationEndWithTwo) {
  EXPECT_EQ(run_pail(in_memory({"--nonsense"})).code, 2);
  const Finished half = run_pail(in_memory({}, {{"S3_ACCESS_KEY_ID", "id"}}));
  EXPECT_EQ(half.code, 2);
  EXPECT_THAT(half.err, HasSubstr("S3_SECRET_ACCESS_KEY is not"));
}

TEST_F(Serve, IsConfiguredByTheEnvFileOfTheApplication) {
  directory_.write(".env",
                   "S3_BUCKET=photos\nexport S3_ACCESS_KEY_ID='id'\n"
                   "S3_SECRET_ACCESS_KEY=hush # secret\nS3_REGION=eu-central-1\n");
  PailProcess pail(in_memory({"--env-file", ".env"}, {{"S3_REGION", "eu-north-1"}}));
  ASSERT_FALSE(pail.endpoint().empty()) << pail.err();
  EXPECT_THAT(pail.out(),
              AllOf(HasSubstr("export AWS_ACCESS_KEY_ID=id\n"),
                    HasSubstr("export AWS_SECRET_ACCESS_KEY=\"$S3_SECRET_ACCESS_KEY\"\n"),
                    HasSubstr("export AWS_REGION=eu-north-1\n"), HasSubstr("photos"),
                    Not(HasSubstr("hush"))));
}

TEST_F(Serve, ReadsPailTomlWhereItIsStarted) {
  directory_.write("pail.toml", "bucket = ['from-file']\nregion = 'eu-south-1'\n");
  PailProcess pail(in_memory({}, {{"PAIL_REGION", "eu-west-3"}}));
  ASSERT_FALSE(pail.endpoint().empty()) << pail.err();
  EXPECT_THAT(pail.out(), AllOf(HasSubstr("from-file"), HasSubstr("AWS_REGION=eu-west-3")));
}

TEST_F(Serve, WarnsWhenTheDefaultPairIsOpenToOthers) {
  PailProcess pail(invocation({"--memory", "--listen", "0.0.0.0:0"}));
  ASSERT_FALSE(pail.endpoint().empty()) << pail.err();
  EXPECT_THAT(pail.err(), HasSubstr("WARNING"));
}

TEST_F(Serve, LogsEachRequest) {
  PailProcess pail(in_memory({"--log", "json", "--bucket", "photos"}));
  const std::string endpoint = pail.endpoint();
  ASSERT_FALSE(endpoint.empty()) << pail.err();
  ASSERT_EQ(get_status(endpoint, "/photos/a%0Ab?X-Amz-Signature=hush"), 400);
  ASSERT_TRUE(pail.prints("\"error_code\""));
  EXPECT_THAT(pail.out(), AllOf(HasSubstr("\"key\":\"a\\nb\""), HasSubstr("\"status\":400"),
                                Not(HasSubstr("hush"))));
}

TEST_F(Serve, MakesItsOwnCertificateAndKeepsTheAuthority) {
  const auto start = invocation({"--listen", "127.0.0.1:0", "--tls", "auto"});
  std::string first;
  for (int run = 0; run < 2; ++run) {
    PailProcess pail(start);
    const std::string endpoint = pail.endpoint();
    ASSERT_THAT(endpoint, StartsWith("https://127.0.0.1:")) << pail.err();
    EXPECT_THAT(pail.out(), HasSubstr("export AWS_CA_BUNDLE="));
    const Finished health = run_pail({{"health", "--endpoint", endpoint}, {}, directory_.path()});
    EXPECT_EQ(health.code, 0) << health.err;
    const std::string bundle = content(directory_.file(".pail/tls/ca.pem"));
    EXPECT_THAT(bundle, HasSubstr("BEGIN CERTIFICATE"));
    if (run == 0) first = bundle;
    EXPECT_EQ(bundle, first);
    struct stat status {};
    ASSERT_EQ(::stat(directory_.file(".pail/tls/authority.pem").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    pail.signal(SIGTERM);
    ASSERT_EQ(pail.wait(), 0);
  }
}

TEST_F(Serve, CertificateFilesThatAreNoneAreRefused) {
  directory_.write("c.pem", "nonsense");
  const Finished finished = run_pail(in_memory({"--tls-cert", "c.pem", "--tls-key", "c.pem"}));
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.err, StartsWith("pail: "));
  EXPECT_EQ(run_pail(in_memory({"--tls-cert", "no.pem", "--tls-key", "no.pem"})).code, 1);
}

TEST_F(Serve, HealthFollowsTheServer) {
  PailProcess pail(in_memory({}));
  const std::string endpoint = pail.endpoint();
  ASSERT_FALSE(endpoint.empty()) << pail.err();
  const Invocation health = {{"health"},
                             {{"PAIL_LISTEN", endpoint.substr(std::string("http://").size())}},
                             directory_.path()};
  EXPECT_EQ(run_pail(health).code, 0);
  pail.signal(SIGTERM);
  ASSERT_EQ(pail.wait(), 0);
  const Finished after = run_pail(health);
  EXPECT_EQ(after.code, 1);
  EXPECT_THAT(after.err, HasSubstr(endpoint + " does not answer"));
}

TEST_F(Serve, GoesOnWhenNobodyReadsItsOutputAnyMore) {
  PailProcess pail(in_memory({}));
  const std::string endpoint = pail.endpoint();
  ASSERT_FALSE(endpoint.empty()) << pail.err();
  pail.signal(SIGPIPE);
  EXPECT_EQ(get_status(endpoint, "/_pail/health"), 200);
}

}  // namespace
}  // namespace pail::test
