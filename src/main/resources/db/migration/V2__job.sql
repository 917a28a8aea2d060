create table job (
  id varchar(36) primary key,
  name varchar(63) not null,
  spec varchar(65535) not null,
  dataset_id varchar(36) not null,
  dataset_name varchar(63) not null,
  dataset_version integer not null,
  accelerator varchar(16) not null,
  state varchar(16) not null,
  phase varchar(16),
  reason varchar(32),
  message varchar(2000),
  attempt integer not null,
  crashes integer not null,
  worker varchar(64),
  queue_time timestamp(3) with time zone not null,
  available_time timestamp(3) with time zone not null,
  step bigint not null,
  examples_per_second double precision,
  eta_seconds double precision,
  parameters bigint,
  loss double precision,
  accuracy double precision,
  evaluation_step bigint,
  evaluation_loss double precision,
  evaluation_accuracy double precision,
  evaluation_examples bigint,
  model_version integer,
  create_time timestamp(3) with time zone not null,
  start_time timestamp(3) with time zone,
  end_time timestamp(3) with time zone
);

create index job_by_queue on job (state, available_time, create_time);
create index job_by_age on job (create_time, id);
create index job_by_dataset on job (dataset_id);

create table job_transition (
  job_id varchar(36) not null references job (id) on delete cascade,
  sequence integer not null,
  state varchar(16) not null,
  time timestamp(3) with time zone not null,
  attempt integer not null,
  reason varchar(32),
  message varchar(2000),
  primary key (job_id, sequence)
);
