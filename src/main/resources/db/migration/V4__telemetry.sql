create table metric_point (
  job_id varchar(36) not null,
  name varchar(64) not null,
  step bigint not null,
  metric_value double precision not null,
  time timestamp(3) with time zone not null,
  primary key (job_id, name, step)
);
