#pragma once

#include <string>
#include <utility>

#include "support/calls.h"

// What tests of object lock and of documents that have to arrive whole do again and again. The
// clock stands at 2026-11-24T16:00:00Z.
namespace pail::test {

inline constexpr const char* kTomorrow = "2026-11-25T16:00:00.000Z";
inline constexpr const char* kNextWeek = "2026-12-01T16:00:00.000Z";

/// Creates the bucket "locked", whose versions can be locked.
inline void make_locked_bucket(Loopback& server) {
  send(server, "PUT", "/locked", {{"x-amz-bucket-object-lock-enabled", "true"}});
}

/// A PUT with Content-MD5.
inline Answer put_whole(Loopback& server, std::string target, std::string body,
                        Headers headers = {}) {
  headers.push_back(content_md5(body));
  return server.put(std::move(target), std::move(body), headers);
}

inline std::string retention_document(const std::string& mode, const std::string& until) {
  return "<Retention><Mode>" + mode + "</Mode><RetainUntilDate>" + until +
         "</RetainUntilDate></Retention>";
}

inline Headers lock_headers(const std::string& mode, const std::string& until) {
  return {{"x-amz-object-lock-mode", mode}, {"x-amz-object-lock-retain-until-date", until}};
}

/// The outcomes of a request for everybody who may not make it: user without permission, stranger,
/// nobody.
inline std::string outcomes_of_strangers(Loopback& server, const Call& call) {
  std::string all;
  for (const Sender sender : {Sender::kLimited, Sender::kStranger, Sender::kNobody}) {
    Call theirs = call;
    theirs.sender = sender;
    theirs.is_signed = sender != Sender::kNobody;
    if (!all.empty()) all += ", ";
    all += server.send(theirs).outcome();
  }
  return all;
}

inline constexpr const char* kAllRefused = "403 AccessDenied, 403 AccessDenied, 403 AccessDenied";

}  // namespace pail::test
