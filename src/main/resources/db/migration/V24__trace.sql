-- The W3C trace context of the request that made it: what is done for it later belongs to the same trace.
alter table job add column traceparent varchar(55);
alter table dataset add column traceparent varchar(55);
