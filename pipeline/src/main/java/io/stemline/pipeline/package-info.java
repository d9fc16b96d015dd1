/** What every service stands on: how to reach the broker, the topics it needs, and plain facts about its health. */
package io.stemline.pipeline;
