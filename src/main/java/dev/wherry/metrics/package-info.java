/** What is happening and what happened: rates, times, history, events for everyone who listens. */
@NullMarked
package dev.wherry.metrics;

import org.jspecify.annotations.NullMarked;
