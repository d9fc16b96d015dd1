-- What the console searches, filters and sorts entries by stands beside them: written by a trigger, so that no service needs to know.
create extension if not exists pg_trgm;

alter table batch_item
    add column shown_title    text not null default '',
    add column shown_artist   text not null default '',
    add column shown_model    text,
    add column length_seconds double precision,
    add column sdr_db         double precision, -- median over the stems; null where there is none that is a number
    add column search_text    text not null default '';

create function batch_item_as_shown() returns trigger language plpgsql as $$
declare
    recording track;
begin
    if tg_op = 'INSERT' or new.track_id is distinct from old.track_id then
        if new.track_id is not null then
            select * into recording from track where track_id = new.track_id;
        end if;
        new.shown_title = coalesce(new.title, recording.title, new.name);
        new.shown_artist = coalesce(new.artist, recording.artist, '');
        new.length_seconds = recording.length_frames::float8 / recording.sample_rate_hz;
        new.search_text = lower(concat_ws(' ', new.shown_title, new.shown_artist, coalesce(new.album, recording.album),
                                          coalesce(new.isrc, recording.isrc), nullif(new.name, new.shown_title)));
    end if;
    if tg_op = 'INSERT' or new.separation_id is distinct from old.separation_id then
        new.shown_model = coalesce(
            (select model_id from separation where separation_id = new.separation_id), new.model_id);
    end if;
    if tg_op = 'INSERT' or new.evaluation_id is distinct from old.evaluation_id then
        new.sdr_db = (
            select percentile_cont(0.5) within group (order by value) from evaluation_score
            where evaluation_id = new.evaluation_id and metric = 'SDR' and stem <> 'accompaniment'
              and value > '-Infinity' and value < 'Infinity');
    end if;
    return new;
end $$;

create trigger batch_item_as_shown before insert or update of track_id, separation_id, evaluation_id on batch_item
    for each row execute function batch_item_as_shown();

-- Those that were there before.
update batch_item i
set shown_title = coalesce(i.title, t.title, i.name),
    shown_artist = coalesce(i.artist, t.artist, ''),
    length_seconds = t.length_frames::float8 / t.sample_rate_hz,
    search_text = lower(concat_ws(' ', coalesce(i.title, t.title, i.name), coalesce(i.artist, t.artist, ''),
                                  coalesce(i.album, t.album), coalesce(i.isrc, t.isrc), i.name)),
    shown_model = coalesce(s.model_id, i.model_id),
    sdr_db = (select percentile_cont(0.5) within group (order by value) from evaluation_score e
              where e.evaluation_id = i.evaluation_id and metric = 'SDR' and stem <> 'accompaniment'
                and value > '-Infinity' and value < 'Infinity')
from batch_item same left join track t using (track_id) left join separation s using (separation_id)
where same.item_id = i.item_id;

create index batch_item_search on batch_item using gin (search_text gin_trgm_ops);
create index batch_item_newest on batch_item (batch_id desc, (-position) desc);
create index batch_item_by_title on batch_item (lower(shown_title), item_id);
create index batch_item_by_artist on batch_item (lower(shown_artist), item_id);
create index batch_item_by_length on batch_item (coalesce(length_seconds, 0), item_id);
create index batch_item_by_score on batch_item (coalesce(sdr_db, '-Infinity'), item_id);
create index batch_item_by_state on batch_item (batch_id, state);
create index batch_item_unfinished on batch_item (state, created_at) include (length_seconds)
    where state in ('RECEIVED', 'QUEUED', 'SEPARATED');
create index batch_item_failed on batch_item (changed_at) where state = 'FAILED';
create index separation_by_time on separation (created_at);
create index batch_by_time on batch (created_at);
