/*
 * Test: what every cmocka test includes, in the order that cmocka wants.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
/* clang-format on */

/* Ours is fail() of base/call.h. */
#undef fail

#endif
