#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/tls_socket.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

using namespace std::chrono_literals;

transport::TlsIdentity identity_of(const TestCertificate& certificate) {
  return {certificate.certificate_pem, certificate.key_pem};
}

Task<http::Response> tell_tls(http::Request& request) {
  const auto counted = co_await count_body(request);
  co_return text_response(counted.status, (request.is_tls ? "tls " : "plain ") + counted.body);
}

Task<http::Response> send_pieces(http::Request&) {
  std::string name = testing::TempDir() + "pail_tls_XXXXXX";
  const auto file = std::make_shared<content::OpenFile>(::mkstemp(name.data()));
  ::unlink(name.c_str());
  const std::string bytes(2'000'000, 'f');
  EXPECT_EQ(::write(file->descriptor(), bytes.data(), bytes.size()), 2'000'000);
  std::vector<http::BodyPiece> pieces;
  pieces.emplace_back(std::string(100'000, 's'));
  pieces.emplace_back(http::FileRange{file, 1, 1'500'000});
  http::Response response;
  response.source = std::make_unique<Pieces>(std::move(pieces));
  response.source_length_bytes = 1'600'000;
  co_return response;
}

class Tls : public testing::Test {
 protected:
  TestCertificate certificate = make_certificate();
  FunctionHandler handler{&tell_tls};
  TestServer server{handler, {}, identity_of(certificate)};
};

TEST_F(Tls, OnePortSpeaksTlsAndPlainHttp) {
  TlsSocket encrypted(server.port());
  ASSERT_TRUE(encrypted.is_connected());
  RawSocket plain = server.connect();
  for (int i = 0; i < 2; ++i) {
    encrypted.send(request_text("PUT", "/", {"Content-Length: 2"}, "ab"));
    EXPECT_EQ(encrypted.receive_until("tls 2"),
              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntls 2");
    plain.send(request_text("PUT", "/", {"Content-Length: 2"}, "ab"));
    EXPECT_EQ(plain.receive_response().body, "plain 2");
  }
}

TEST_F(Tls, ConnectionEndsInOrder) {
  TlsSocket socket(server.port());
  socket.send(request_text("GET", "/", {"Connection: close"}));
  EXPECT_TRUE(socket.receive_to_end().ends_with("tls 0"));
  EXPECT_TRUE(socket.ended_in_order());
}

TEST_F(Tls, LargeBodyArrivesWhole) {
  TlsSocket socket(server.port());
  socket.send(request_text("PUT", "/", {"Content-Length: 5000000", "Expect: 100-continue"}));
  EXPECT_EQ(socket.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.send(std::string(5'000'000, 'x'));
  EXPECT_TRUE(socket.receive_until("tls 5000000").ends_with("tls 5000000"));
}

TEST_F(Tls, VersionsBelow12AreRefused) {
  EXPECT_FALSE(TlsSocket(server.port(), TLS1_1_VERSION).is_connected());
  TlsSocket oldest(server.port(), TLS1_2_VERSION);
  ASSERT_TRUE(oldest.is_connected());
  EXPECT_EQ(oldest.version(), "TLSv1.2");
  EXPECT_EQ(TlsSocket(server.port()).version(), "TLSv1.3");
}

TEST_F(Tls, BrokenHandshakeCostsOneConnection) {
  RawSocket broken = server.connect();
  broken.send("\x16nonsense that is no handshake at all");
  broken.receive_to_end();
  EXPECT_TRUE(broken.is_closed_by_peer());
  EXPECT_TRUE(TlsSocket(server.port()).is_connected());
}

TEST_F(Tls, StopEndsTlsConnections) {
  TlsSocket socket(server.port());
  socket.send(request_text("GET", "/"));
  EXPECT_TRUE(socket.receive_until("tls 0").ends_with("tls 0"));
  RawSocket undecided = server.connect();
  server.transport().stop(20s);
  EXPECT_EQ(socket.receive_to_end(), "");
  EXPECT_TRUE(undecided.is_closed_by_peer());
}

TEST(TlsServer, FilesAndStringsAreSentEncrypted) {
  FunctionHandler handler(&send_pieces);
  TestServer server(handler, {}, identity_of(make_certificate()));
  TlsSocket socket(server.port());
  for (int i = 0; i < 2; ++i) {
    socket.send(request_text("GET", "/"));
    EXPECT_EQ(socket.receive_until("\r\n\r\n"),
              "HTTP/1.1 200 OK\r\nContent-Length: 1600000\r\n\r\n");
    EXPECT_TRUE(socket.receive_exactly(1'600'000) ==
                std::string(100'000, 's') + std::string(1'500'000, 'f'));
  }
}

TEST(TlsServer, StalledHandshakeAndSilentClientAreClosed) {
  FunctionHandler handler(&tell_tls);
  transport::Limits limits;
  limits.head_time = 50ms;
  limits.idle_time = 50ms;
  TestServer server(handler, limits, identity_of(make_certificate()));
  RawSocket silent = server.connect();
  RawSocket stalled = server.connect();
  stalled.send("\x16\x03\x01");
  EXPECT_TRUE(silent.is_closed_by_peer());
  EXPECT_TRUE(stalled.is_closed_by_peer());
}

TEST(TlsServer, StalledBodyIsRequestTimeout) {
  FunctionHandler handler(&tell_tls);
  transport::Limits limits;
  limits.body_stall_time = 50ms;
  TestServer server(handler, limits, identity_of(make_certificate()));
  TlsSocket socket(server.port());
  socket.send(request_text("PUT", "/", {"Content-Length: 5"}, "ab"));
  const std::string answer = socket.receive_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << answer;
  EXPECT_TRUE(answer.ends_with("tls RequestTimeout")) << answer;
}

TEST(TlsServer, UnusableIdentityIsSaidInASentence) {
  FunctionHandler handler(&tell_tls);
  const TestCertificate certificate = make_certificate();
  const auto error = [&handler](const transport::TlsIdentity& identity) {
    transport::Options options;
    options.listeners.push_back({"127.0.0.1", 0, identity});
    auto started = transport::Transport::start(std::move(options), handler);
    return started.has_value() ? "" : started.error();
  };
  EXPECT_TRUE(
      error({"nonsense", certificate.key_pem}).starts_with("the TLS certificate is not usable: "));
  EXPECT_TRUE(
      error({certificate.certificate_pem, "nonsense"}).starts_with("the TLS key is not usable"));
  EXPECT_TRUE(error({certificate.certificate_pem, make_certificate().key_pem})
                  .starts_with("the TLS key is not usable, or does not belong to the certificate"));
}

}  // namespace
}  // namespace pail::test
