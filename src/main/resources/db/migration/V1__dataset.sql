create table dataset (
    id varchar(36) primary key,
    revision bigint not null,
    name varchar(63) not null,
    version integer not null,
    state varchar(20) not null,
    reason varchar(40),
    message varchar(4000),
    -- what the upload asked for
    validation_fraction double precision not null,
    seed bigint not null,
    train_csv varchar(1000),
    validation_csv varchar(1000),
    labels_file varchar(1000),
    max_bad_records integer not null,
    -- what became of it
    train_examples bigint not null,
    validation_examples bigint not null,
    quarantined bigint not null,
    size_bytes bigint not null,
    sha256 varchar(64),
    create_time timestamp(3) with time zone not null,
    ready_time timestamp(3) with time zone,
    constraint dataset_name_version unique (name, version)
);

create index dataset_create_time on dataset (create_time, id);
