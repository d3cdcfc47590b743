#pragma once

#include "pail/result.h"

// The two control-flow macros of the code base: unwrap a Result or hand its error to the caller.
//   PAIL_TRY(auto input, parse(request));        in a function
//   PAIL_CO_TRY(auto chunk, co_await body.read()); in a coroutine
#define PAIL_CONCAT_INNER(a, b) a##b
#define PAIL_CONCAT(a, b) PAIL_CONCAT_INNER(a, b)

// `leave` is return or co_return, `declaration` a declaration: neither can stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define PAIL_TRY_IMPL(result, declaration, expression, leave)                   \
  auto result = (expression);                                                   \
  if (!result.has_value()) leave ::pail::Unexpected{std::move(result).error()}; \
  declaration = std::move(result).value()

#define PAIL_CHECK_IMPL(result, expression, leave)                                \
  if (auto result = (expression); !result.has_value()) leave ::pail::Unexpected { \
      std::move(result).error()                                                   \
    }

// NOLINTEND(bugprone-macro-parentheses)

#define PAIL_TRY(declaration, ...) \
  PAIL_TRY_IMPL(PAIL_CONCAT(pail_result_, __LINE__), declaration, (__VA_ARGS__), return )
#define PAIL_CO_TRY(declaration, ...) \
  PAIL_TRY_IMPL(PAIL_CONCAT(pail_result_, __LINE__), declaration, (__VA_ARGS__), co_return )
/// For a Result whose value is not wanted.
#define PAIL_CHECK(...) PAIL_CHECK_IMPL(PAIL_CONCAT(pail_result_, __LINE__), (__VA_ARGS__), return )
#define PAIL_CO_CHECK(...) \
  PAIL_CHECK_IMPL(PAIL_CONCAT(pail_result_, __LINE__), (__VA_ARGS__), co_return )
