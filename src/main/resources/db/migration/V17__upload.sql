-- Uploads that are received in pieces. What is at the offset or before it is on disk and stays; whatever lies behind it
-- in the file was never promised.
create table upload (
    id varchar(36) primary key,
    length bigint not null,
    received bigint not null,
    metadata varchar(4000),
    create_time timestamp(3) with time zone not null,
    -- of the last byte: its expiry counts from here
    change_time timestamp(3) with time zone not null,
    -- who writes to the file, and until when nobody else may
    writer varchar(36),
    instance varchar(128),
    writer_time timestamp(3) with time zone
);
create index upload_by_age on upload (change_time);
