-- The registry of models. A row of "model" outlives its versions: it remembers the last number given.
create table model (
  name varchar(63) not null primary key,
  last_version integer not null,
  create_time timestamp(3) with time zone not null
);

create table model_version (
  id varchar(36) not null primary key,
  model_name varchar(63) not null references model (name),
  version integer not null,
  job_id varchar(64) not null,
  state varchar(16) not null,
  create_time timestamp(3) with time zone not null,
  details text not null,
  constraint model_version_once_per_job unique (job_id),
  constraint model_version_number unique (model_name, version)
);
