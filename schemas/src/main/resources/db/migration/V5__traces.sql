-- The span in which an event came to be (W3C trace context, 'traceparent'), where it is traced: its record carries it on.
alter table outbox add column trace_parent text;
