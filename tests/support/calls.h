#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/loopback.h"

// Shorter words for what tests of operations do most.
namespace pail::test {

/// Sends a request that the owner has signed.
Answer send(Loopback& server, std::string method, std::string target, const Headers& headers = {},
            std::string body = {});

/// Sends a request that nobody has signed.
Answer send_anonymously(Loopback& server, std::string method, std::string target,
                        const Headers& headers = {}, std::string body = {});

/// The texts of all <name> elements in the body, in order.
std::vector<std::string> elements(const Answer& answer, std::string_view name);

/// The header with which some operations want their document to arrive.
http::Header content_md5(std::string_view body);

}  // namespace pail::test
