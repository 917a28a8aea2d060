-- What each Idempotency-Key has made. A row is written with the resource that it names, or not at all.
create table idempotency_key (
  submitter varchar(255) not null,
  scope varchar(255) not null,
  key_value varchar(255) not null,
  fingerprint varchar(64) not null,
  resource_id varchar(36) not null,
  create_time timestamp(3) with time zone not null,
  primary key (submitter, scope, key_value)
);

create index idempotency_key_by_age on idempotency_key (create_time);
