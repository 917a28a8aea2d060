-- Secrets are not here: their SHA-256 is.
create table api_key (
  id varchar(8) not null primary key,
  sha256 varchar(64) not null,
  former_sha256 varchar(64),
  former_expire_time timestamp(3) with time zone,
  name varchar(63) not null,
  scope varchar(16) not null,
  projects varchar(4000) not null,
  created_by varchar(255) not null,
  create_time timestamp(3) with time zone not null,
  expire_time timestamp(3) with time zone,
  last_used_time timestamp(3) with time zone,
  constraint api_key_secret unique (sha256)
);
create index api_key_by_former_secret on api_key (former_sha256);

-- Who is signed in to the page. The cookie is not here: its SHA-256 is.
create table page_session (
  id_sha256 varchar(64) not null primary key,
  csrf varchar(64) not null,
  -- of the secret that it was begun with, so that it ends with that
  credential_sha256 varchar(64) not null,
  expire_time timestamp(3) with time zone not null
);
create index page_session_by_age on page_session (expire_time);
