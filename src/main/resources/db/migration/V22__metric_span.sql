-- What stretches of a series come to, so that a curve of a million points is read as a few hundred rows. A row of level 1 is
-- about 16 points, one of level 2 about 16 rows of level 1, and so on. It begins just after the row before it.
create table metric_span (
  job_id varchar(36) not null,
  name varchar(64) not null,
  level smallint not null,
  last_step bigint not null,
  from_step bigint not null,
  points bigint not null,
  mean double precision not null,
  low_step bigint not null,
  low_value double precision not null,
  low_time timestamp(3) with time zone not null,
  high_step bigint not null,
  high_value double precision not null,
  high_time timestamp(3) with time zone not null,
  primary key (job_id, name, level, last_step)
);
