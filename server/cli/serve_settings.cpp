#include <array>

#include "cli/configuration.h"

namespace pail::cli {
namespace {

using enum SettingKind;

constexpr std::array kServeSettings = {
    Setting{"data", kValue, "DIR", "where the data lies (default: ./.pail)"},
    Setting{"memory", kSwitch, "", "keep the data in memory; it is gone at the end"},
    Setting{"listen", kList, "HOST:PORT",
            "address to serve, repeatable; port 0 takes a free one (default: 127.0.0.1:9000)"},
    Setting{"region", kValue, "NAME", "the region that the server is in (default: us-east-1)"},
    Setting{"bucket", kList, "NAME[:public-read|:public-read-write]",
            "bucket to make at start if it is missing, repeatable; who may use it unsigned"},
    Setting{"credential", kList, "ID:SECRET[:NAME]",
            "access key to accept, repeatable (default: pail:pail-secret-key)"},
    Setting{"account", kList, "ID[:EMAIL]",
            "account of 12 digits, repeatable; ACLs may name it by its e-mail address"},
    Setting{"user", kList, "NAME[:ACCOUNT]",
            "account of a user, repeatable (default: one that goes with the name)"},
    Setting{"user-policy", kList, "NAME=FILE",
            "what a user may do, an identity policy in JSON, repeatable (default: all that his "
            "account may)"},
    Setting{"user-tag", kList, "NAME=KEY=VALUE", "tag of a user, repeatable"},
    Setting{"role", kList, "NAME[:ACCOUNT]",
            "role for AssumeRole, repeatable (default: of the first credential's account)"},
    Setting{"role-trust", kList, "NAME=FILE",
            "who may assume a role, a trust policy in JSON (default: whom his own policies let, in "
            "its account)"},
    Setting{"role-policy", kList, "NAME=FILE",
            "what a role may do, repeatable (default: all that its account may)"},
    Setting{"role-tag", kList, "NAME=KEY=VALUE", "tag of a role, repeatable"},
    Setting{"role-session-most", kList, "NAME=DURATION",
            "the longest session of a role, 1h to 12h, repeatable (default: 1h)"},
    Setting{"managed-policy", kList, "ARN=FILE",
            "policy that AssumeRole may name in PolicyArns, repeatable"},
    Setting{"provider", kList, "NAME:ISSUER",
            "issuer of tokens for AssumeRoleWithWebIdentity, repeatable"},
    Setting{"provider-audience", kList, "NAME=AUDIENCE", "who its tokens are for, repeatable"},
    Setting{"provider-keys", kList, "NAME=FILE",
            "with what its signatures are checked: a JWKS file or public keys in PEM"},
    Setting{"unverified-web-identities", kSwitch, "",
            "believe tokens of other issuers without a look at their signatures"},
    Setting{"classic-buckets", kSwitch, "",
            "new buckets have ACLs, no public access block and take customers' keys (SSE-C), as on "
            "AWS before April 2023"},
    Setting{"public-base-url", kList, "URL[=BUCKET]",
            "address under which everybody reads a bucket, repeatable (bucket: S3_BUCKET, or the "
            "first one)"},
    Setting{"host", kList, "NAME",
            "further name of this server, repeatable; also makes BUCKET.NAME an address"},
    Setting{"endpoint-url", kList, "URL", "URL under which clients know this server, repeatable"},
    Setting{"strict-host", kSwitch, "",
            "accept a signature only for the host name that the request came with"},
    Setting{"sigv2", kSwitch, "",
            "accept Signature Version 2 also in the Authorization header and in forms, not only "
            "in presigned URLs"},
    Setting{"sse-c-over-http", kSwitch, "",
            "take customers' encryption keys (SSE-C) over plain http too, which AWS refuses"},
    Setting{"tls", kValue, "auto|off",
            "auto: https as well, with a certificate from a CA that is kept with the data"},
    Setting{"tls-cert", kValue, "FILE", "https as well, with this certificate chain (PEM)"},
    Setting{"tls-key", kValue, "FILE", "private key of --tls-cert (PEM)"},
    Setting{"durability", kValue, "process|power",
            "what an answered write survives: the death of the process, or the loss of power "
            "(default: process)"},
    Setting{"lifecycle-day", kValue, "DURATION",
            "how long a day is to lifecycle rules, for instance 10s in tests (default: 24h)"},
    Setting{"lifecycle-interval", kValue, "DURATION",
            "how often lifecycle rules are looked at (default: 1m, or a lifecycle day if that is "
            "shorter)"},
    Setting{"journal", kValue, "N",
            "how many requests are remembered for the control interface (default: 0, none; "
            "pail run: 10000)"},
    Setting{
        "control-token", kValue, "TOKEN",
        "what lets people use the control interface under /_pail/ (default: control.token in the "
        "data directory)"},
    Setting{"fault", kList, "SCENARIO[:SEED]|RULE",
            "spoil requests, repeatable: flaky-network, throttled, outage, lost-responses, or a "
            "rule in "
            "JSON (docs/FAULTS.md)"},
    Setting{"deterministic", kValue, "SEED",
            "ids and times repeat exactly for the same requests in the same order"},
    Setting{"log", kValue, "human|json|off", "the request log on stdout (default: human)"},
    Setting{"threads", kValue, "N", "threads that serve connections (default: by the machine)"},
    Setting{"ready-file", kValue, "FILE", "write the endpoint there once requests are answered"},
    Setting{"config", kValue, "FILE",
            "read settings from this file (default: pail.toml if there is one)"},
    Setting{"env-file", kValue, "FILE",
            "read variables from an application's .env file; those of the process win"},
};

}  // namespace

std::span<const Setting> serve_settings() { return kServeSettings; }

}  // namespace pail::cli
