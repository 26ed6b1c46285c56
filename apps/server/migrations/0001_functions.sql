-- Lock, then number. Every function that appends locks the conversation row first, then member rows, then user counters in
-- the order of user id, and mark_read a member row and then its counter, so no two of them can wait for each other. Each is one autocommitted call: no lock waits for a client.
-- Under READ COMMITTED each statement sees what committed before it, so what is read after the lock is current.

ALTER TABLE conversations SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE members SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE user_counters SET (fillfactor = 70);--> statement-breakpoint

CREATE FUNCTION random_tag() RETURNS int LANGUAGE sql VOLATILE AS $$
  SELECT (random() * 4294967295 - 2147483648)::bigint::int
$$;--> statement-breakpoint

-- STABLE, as extract() is: declared IMMUTABLE it could not be inlined.
CREATE FUNCTION epoch_ms(t timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT (extract(epoch FROM t) * 1000)::bigint
$$;--> statement-breakpoint

-- The path of its own for a batch of one: half the cost of the batch statement.
CREATE FUNCTION send_message(p_conversation bigint, p_actor bigint, p_session bigint, p_id uuid, p_body text,
  OUT outcome text, OUT seq int, OUT ver int, OUT tag int, OUT at_ms bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_last timestamptz;
  v_at timestamptz;
  v_seq int;
  v_ver int;
BEGIN
  SELECT c.seq + 1, c.ver + 1, c.last_at INTO v_seq, v_ver, v_last
    FROM conversations c WHERE c.id = p_conversation FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;

  -- Dedupe before refusal: what is stored is stored, whatever the sender's standing is by now.
  SELECT 'already', m.seq, m.ver, epoch_ms(m.created_at) INTO outcome, seq, ver, at_ms
    FROM messages m WHERE m.conversation_id = p_conversation AND m.sender_id = p_actor AND m.client_id = p_id;
  IF FOUND THEN RETURN; END IF;

  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_actor AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  -- Sending reads: the mark moves with it. No row: not a member.
  UPDATE members m SET read_seq = v_seq
    WHERE m.conversation_id = p_conversation AND m.user_id = p_actor AND m.left_ver IS NULL;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;

  v_at := greatest(clock_timestamp(), v_last);
  outcome := 'stored'; seq := v_seq; ver := v_ver; tag := random_tag(); at_ms := epoch_ms(v_at);
  UPDATE conversations c SET seq = v_seq, ver = v_ver, last_at = v_at WHERE c.id = p_conversation;
  INSERT INTO messages (conversation_id, seq, ver, client_id, sender_id, body, created_at)
    VALUES (p_conversation, v_seq, v_ver, p_id, p_actor, p_body, v_at);
  INSERT INTO changes (conversation_id, ver, kind, tag, ref) VALUES (p_conversation, v_ver, 1, tag, v_seq);
  INSERT INTO commits (conversation_ids, vers) VALUES (ARRAY[p_conversation], ARRAY[v_ver]);
END $$;--> statement-breakpoint

-- A batch. With p_skip_locked, items of a conversation that another transaction holds come back as 'locked'.
CREATE FUNCTION send_messages(p_conversations bigint[], p_actors bigint[], p_sessions bigint[], p_ids uuid[], p_bodies text[], p_skip_locked boolean)
RETURNS TABLE (ord int, outcome text, seq int, ver int, tag int, at_ms bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_ids bigint[];
  v_seqs int[];
  v_vers int[];
  v_ats timestamptz[];
BEGIN
  IF p_skip_locked THEN
    SELECT array_agg(l.id), array_agg(l.seq), array_agg(l.ver), array_agg(greatest(clock_timestamp(), l.last_at))
      INTO v_ids, v_seqs, v_vers, v_ats
      FROM (SELECT c.id, c.seq, c.ver, c.last_at FROM conversations c WHERE c.id = ANY (p_conversations)
            ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED) l;
  ELSE
    SELECT array_agg(l.id), array_agg(l.seq), array_agg(l.ver), array_agg(greatest(clock_timestamp(), l.last_at))
      INTO v_ids, v_seqs, v_vers, v_ats
      FROM (SELECT c.id, c.seq, c.ver, c.last_at FROM conversations c WHERE c.id = ANY (p_conversations)
            ORDER BY c.id FOR NO KEY UPDATE) l;
  END IF;

  RETURN QUERY
  WITH item AS (
    SELECT i.conversation_id, i.actor_id, i.session_id, i.client_id, i.body, i.ord::int AS ord,
           row_number() OVER (PARTITION BY i.conversation_id, i.actor_id, i.client_id ORDER BY i.ord) AS attempt
      FROM unnest(p_conversations, p_actors, p_sessions, p_ids, p_bodies) WITH ORDINALITY
        AS i (conversation_id, actor_id, session_id, client_id, body, ord)
  ), locked AS (
    SELECT l.id, l.seq, l.ver, l.at FROM unnest(v_ids, v_seqs, v_vers, v_ats) AS l (id, seq, ver, at)
  ), judged AS (
    SELECT i.*, l.seq AS base_seq, l.ver AS base_ver, l.at, stored.seq AS stored_seq, stored.ver AS stored_ver, stored.created_at,
           CASE
             WHEN l.id IS NULL THEN CASE WHEN p_skip_locked THEN 'locked' ELSE 'conversation_not_found' END
             WHEN stored.seq IS NOT NULL THEN 'already'
             -- With LIMIT 1 and not as NOT EXISTS: that is planned as one sequential scan of the whole table, whatever is forbidden.
             WHEN (SELECT true FROM sessions s WHERE s.id = i.session_id AND s.user_id = i.actor_id AND s.revoked_at IS NULL LIMIT 1) IS NULL THEN 'session_ended'
             WHEN (SELECT true FROM members m WHERE m.conversation_id = i.conversation_id AND m.user_id = i.actor_id AND m.left_ver IS NULL LIMIT 1) IS NULL THEN 'conversation_not_found'
             ELSE 'stored'
           END AS outcome
      FROM item i
      LEFT JOIN locked l ON l.id = i.conversation_id
      LEFT JOIN LATERAL (
        SELECT m.seq, m.ver, m.created_at FROM messages m
         WHERE m.conversation_id = i.conversation_id AND m.sender_id = i.actor_id AND m.client_id = i.client_id OFFSET 0
      ) stored ON true
  ), numbered AS MATERIALIZED (
    SELECT j.conversation_id, j.actor_id, j.client_id, j.body, j.ord, j.at,
           (j.base_seq + row_number() OVER (PARTITION BY j.conversation_id ORDER BY j.ord))::int AS seq,
           (j.base_ver + row_number() OVER (PARTITION BY j.conversation_id ORDER BY j.ord))::int AS ver,
           random_tag() AS tag
      FROM judged j WHERE j.outcome = 'stored' AND j.attempt = 1
  ), raised AS MATERIALIZED (
    SELECT n.conversation_id, max(n.seq) AS seq, max(n.ver) AS ver, max(n.at) AS at FROM numbered n GROUP BY n.conversation_id
  ), write_conversations AS (
    UPDATE conversations c SET seq = r.seq, ver = r.ver, last_at = r.at FROM raised r WHERE c.id = r.conversation_id
  ), write_members AS (
    UPDATE members m SET read_seq = s.seq
      FROM (SELECT n.conversation_id, n.actor_id, max(n.seq) AS seq FROM numbered n GROUP BY n.conversation_id, n.actor_id) s
     WHERE m.conversation_id = s.conversation_id AND m.user_id = s.actor_id
  ), write_messages AS (
    INSERT INTO messages (conversation_id, seq, ver, client_id, sender_id, body, created_at)
    SELECT n.conversation_id, n.seq, n.ver, n.client_id, n.actor_id, n.body, n.at FROM numbered n
  ), write_changes AS (
    INSERT INTO changes (conversation_id, ver, kind, tag, ref)
    SELECT n.conversation_id, n.ver, 1, n.tag, n.seq FROM numbered n
  ), write_commit AS (
    INSERT INTO commits (conversation_ids, vers)
    SELECT array_agg(r.conversation_id), array_agg(r.ver) FROM raised r HAVING count(*) > 0
  )
  SELECT j.ord,
         CASE WHEN j.outcome = 'stored' AND j.attempt > 1 THEN 'already' ELSE j.outcome END,
         coalesce(j.stored_seq, n.seq), coalesce(j.stored_ver, n.ver), n.tag,
         epoch_ms(coalesce(j.created_at, n.at))
    FROM judged j
    LEFT JOIN numbered n ON n.conversation_id = j.conversation_id AND n.actor_id = j.actor_id AND n.client_id = j.client_id
   ORDER BY j.ord;
END $$;--> statement-breakpoint

-- Building blocks of the rarer commands. The caller holds the lock of the conversation.

CREATE FUNCTION append_change(p_conversation bigint, p_kind int, p_ref int, p_actor bigint, p_op uuid) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_ver int;
BEGIN
  UPDATE conversations SET ver = ver + 1 WHERE id = p_conversation RETURNING ver INTO v_ver;
  INSERT INTO changes (conversation_id, ver, kind, tag, ref, actor_id, op_id)
    VALUES (p_conversation, v_ver, p_kind, random_tag(), p_ref, p_actor, p_op);
  RETURN v_ver;
END $$;--> statement-breakpoint

-- The last record of a command, so it carries the op id.
CREATE FUNCTION append_system_message(p_conversation bigint, p_actor bigint, p_op uuid, p_system jsonb) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_seq int; v_ver int; v_at timestamptz;
BEGIN
  UPDATE conversations SET seq = seq + 1, last_at = greatest(clock_timestamp(), last_at)
    WHERE id = p_conversation RETURNING seq, last_at INTO v_seq, v_at;
  v_ver := append_change(p_conversation, 1, v_seq, p_actor, p_op);
  INSERT INTO messages (conversation_id, seq, ver, client_id, system, created_at)
    VALUES (p_conversation, v_seq, v_ver, p_op, jsonb_build_object('actor', p_actor) || p_system, v_at);
  RETURN v_ver;
END $$;--> statement-breakpoint

-- Tells every node what this commit changed, and raises the own counter of the users it concerns, in the order of id.
CREATE FUNCTION append_commit(p_conversation bigint, p_users bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_user bigint; v_uver int; v_users bigint[] := '{}'; v_uvers int[] := '{}'; v_ver int;
BEGIN
  FOR v_user IN SELECT DISTINCT u FROM unnest(p_users) u ORDER BY u LOOP
    UPDATE user_counters SET uver = uver + 1 WHERE user_id = v_user RETURNING uver INTO v_uver;
    UPDATE members SET uver = v_uver WHERE conversation_id = p_conversation AND user_id = v_user;
    v_users := v_users || v_user; v_uvers := v_uvers || v_uver;
  END LOOP;
  SELECT ver INTO v_ver FROM conversations WHERE id = p_conversation;
  INSERT INTO commits (conversation_ids, vers, user_ids, uvers) VALUES (ARRAY[p_conversation], ARRAY[v_ver], v_users, v_uvers);
END $$;--> statement-breakpoint

-- Lock; dedupe; then session and membership. 'go' means: carry on under the lock.
CREATE FUNCTION begin_command(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, OUT outcome text, OUT ver int, OUT may_manage boolean)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM conversations c WHERE c.id = p_conversation FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;
  SELECT 'already', c.ver INTO outcome, ver FROM changes c
    WHERE c.conversation_id = p_conversation AND c.actor_id = p_actor AND c.op_id = p_op;
  IF FOUND THEN RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_actor AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  SELECT 'go', m.role = 'owner' OR u.role = 'owner' INTO outcome, may_manage
    FROM members m JOIN users u ON u.id = m.user_id JOIN groups g ON g.conversation_id = m.conversation_id
    WHERE m.conversation_id = p_conversation AND m.user_id = p_actor AND m.left_ver IS NULL;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; END IF;
END $$;--> statement-breakpoint

CREATE FUNCTION join_members(p_conversation bigint, p_users bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_user bigint; v_ver int; v_seq int; v_from int;
BEGIN
  SELECT c.seq, CASE g.history_policy WHEN 'all' THEN 1 ELSE c.seq + 1 END INTO v_seq, v_from
    FROM conversations c JOIN groups g ON g.conversation_id = c.id WHERE c.id = p_conversation;
  FOREACH v_user IN ARRAY p_users LOOP
    v_ver := append_change(p_conversation, 2, v_user::int, NULL, NULL);
    -- Who comes back starts anew: another interval, nothing unread from before.
    INSERT INTO members AS m (conversation_id, user_id, joined_ver, from_seq, read_seq, uver)
      VALUES (p_conversation, v_user, v_ver, v_from, v_seq, 0)
      ON CONFLICT (conversation_id, user_id) DO UPDATE
        SET joined_ver = v_ver, from_seq = v_from, left_ver = NULL, role = 'member', read_rev = m.read_rev + 1, read_seq = v_seq;
  END LOOP;
  IF v_from > 1 THEN
    UPDATE conversations SET hidden_below = greatest(hidden_below, v_from - 1) WHERE id = p_conversation;
  END IF;
END $$;--> statement-breakpoint

CREATE FUNCTION create_group(p_actor bigint, p_session bigint, p_op uuid, p_public_id text, p_name text, p_users bigint[],
  OUT outcome text, OUT conversation_id bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_ver int; v_others bigint[];
BEGIN
  -- There is no row to lock yet: two attempts of one command meet here.
  PERFORM pg_advisory_xact_lock(hashtextextended('create_group ' || p_actor || ' ' || p_op, 0));
  SELECT 'already', g.conversation_id INTO outcome, conversation_id FROM groups g WHERE g.creator_id = p_actor AND g.op_id = p_op;
  IF FOUND THEN RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_actor AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  INSERT INTO conversations (public_id, kind) VALUES (p_public_id, 'group') RETURNING id INTO conversation_id;
  INSERT INTO groups (conversation_id, name, creator_id, op_id) VALUES (conversation_id, p_name, p_actor, p_op);
  v_others := ARRAY(SELECT DISTINCT u.id FROM users u WHERE u.id = ANY (p_users) AND u.id <> p_actor ORDER BY u.id);
  PERFORM join_members(conversation_id, p_actor || v_others);
  UPDATE members m SET role = 'owner' WHERE m.conversation_id = create_group.conversation_id AND m.user_id = p_actor;
  PERFORM append_system_message(conversation_id, p_actor, p_op, jsonb_build_object('type', 'group_created', 'name', p_name));
  PERFORM append_commit(conversation_id, p_actor || v_others);
  outcome := 'stored';
END $$;--> statement-breakpoint

CREATE FUNCTION start_direct(p_actor bigint, p_session bigint, p_other bigint, p_public_id text, OUT outcome text, OUT conversation_id bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_low bigint := least(p_actor, p_other); v_high bigint := greatest(p_actor, p_other);
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_actor AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  outcome := 'already';
  SELECT d.conversation_id INTO conversation_id FROM directs d WHERE d.low_user_id = v_low AND d.high_user_id = v_high;
  IF FOUND THEN RETURN; END IF;
  -- Both may start it at once: the second waits here, then finds what the first has made.
  PERFORM pg_advisory_xact_lock(hashtextextended('start_direct ' || v_low || ' ' || v_high, 0));
  SELECT d.conversation_id INTO conversation_id FROM directs d WHERE d.low_user_id = v_low AND d.high_user_id = v_high;
  IF FOUND THEN RETURN; END IF;
  INSERT INTO conversations (public_id, kind) VALUES (p_public_id, 'direct') RETURNING id INTO conversation_id;
  INSERT INTO directs (conversation_id, low_user_id, high_user_id) VALUES (conversation_id, v_low, v_high);
  INSERT INTO members (conversation_id, user_id, joined_ver, from_seq, uver)
    SELECT start_direct.conversation_id, u, 0, 1, 0 FROM (SELECT DISTINCT unnest(ARRAY[v_low, v_high]) AS u) pair;
  PERFORM append_commit(conversation_id, ARRAY[v_low, v_high]);
  outcome := 'stored';
END $$;--> statement-breakpoint

CREATE FUNCTION add_members(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_users bigint[], OUT outcome text, OUT ver int, OUT concerned bigint[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_may boolean; v_new bigint[];
BEGIN
  SELECT b.outcome, b.ver, b.may_manage INTO outcome, ver, v_may FROM begin_command(p_conversation, p_actor, p_session, p_op) b;
  IF outcome <> 'go' THEN RETURN; END IF;
  IF NOT v_may THEN outcome := 'not_allowed'; RETURN; END IF;
  v_new := ARRAY(SELECT u.id FROM users u WHERE u.id = ANY (p_users) AND NOT EXISTS (
    SELECT 1 FROM members m WHERE m.conversation_id = p_conversation AND m.user_id = u.id AND m.left_ver IS NULL) ORDER BY u.id);
  outcome := 'stored';
  IF cardinality(v_new) = 0 THEN
    SELECT c.ver INTO ver FROM conversations c WHERE c.id = p_conversation; RETURN;
  END IF;
  PERFORM join_members(p_conversation, v_new);
  ver := append_system_message(p_conversation, p_actor, p_op, jsonb_build_object('type', 'members_added', 'people', to_jsonb(v_new)));
  PERFORM append_commit(p_conversation, v_new);
  concerned := v_new;
END $$;--> statement-breakpoint

-- Removes p_user; leaving is removing oneself. The last to leave closes the group; a leaving owner hands on to the longest-standing member.
CREATE FUNCTION remove_member(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_user bigint, OUT outcome text, OUT ver int, OUT concerned bigint[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_may boolean; v_role text; v_heir bigint; v_left int;
BEGIN
  SELECT b.outcome, b.ver, b.may_manage INTO outcome, ver, v_may FROM begin_command(p_conversation, p_actor, p_session, p_op) b;
  IF outcome <> 'go' THEN RETURN; END IF;
  IF p_user <> p_actor AND NOT v_may THEN outcome := 'not_allowed'; RETURN; END IF;
  SELECT m.role INTO v_role FROM members m WHERE m.conversation_id = p_conversation AND m.user_id = p_user AND m.left_ver IS NULL;
  IF NOT FOUND THEN outcome := 'person_not_found'; RETURN; END IF;
  concerned := ARRAY[p_user];
  v_left := append_change(p_conversation, 3, p_user::int, NULL, NULL);
  UPDATE members m SET left_ver = v_left, role = 'member' WHERE m.conversation_id = p_conversation AND m.user_id = p_user;
  SELECT m.user_id INTO v_heir FROM members m WHERE m.conversation_id = p_conversation AND m.left_ver IS NULL ORDER BY m.joined_ver, m.user_id LIMIT 1;
  IF NOT FOUND THEN
    UPDATE groups g SET closed_at = clock_timestamp() WHERE g.conversation_id = p_conversation;
  ELSIF v_role = 'owner' THEN
    UPDATE members m SET role = 'owner' WHERE m.conversation_id = p_conversation AND m.user_id = v_heir;
    PERFORM append_change(p_conversation, 2, v_heir::int, NULL, NULL);
    concerned := concerned || v_heir;
  END IF;
  ver := append_system_message(p_conversation, p_actor, p_op, CASE WHEN p_user = p_actor
    THEN jsonb_build_object('type', 'member_left') ELSE jsonb_build_object('type', 'member_removed', 'people', jsonb_build_array(p_user)) END);
  PERFORM append_commit(p_conversation, concerned);
  outcome := 'stored';
END $$;--> statement-breakpoint

CREATE FUNCTION rename_group(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_name text, OUT outcome text, OUT ver int, OUT concerned bigint[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_may boolean;
BEGIN
  SELECT b.outcome, b.ver, b.may_manage INTO outcome, ver, v_may FROM begin_command(p_conversation, p_actor, p_session, p_op) b;
  IF outcome <> 'go' THEN RETURN; END IF;
  IF NOT v_may THEN outcome := 'not_allowed'; RETURN; END IF;
  UPDATE groups g SET name = p_name WHERE g.conversation_id = p_conversation;
  PERFORM append_change(p_conversation, 4, 0, NULL, NULL);
  ver := append_system_message(p_conversation, p_actor, p_op, jsonb_build_object('type', 'group_renamed', 'name', p_name));
  PERFORM append_commit(p_conversation, '{}');
  concerned := '{}';
  outcome := 'stored';
END $$;--> statement-breakpoint

-- Others' undeleted messages after the mark, over at most 200 rows, else 100 ("99+").
CREATE FUNCTION count_unread(p_conversation bigint, p_user bigint, p_after int, p_seq int) RETURNS int
LANGUAGE plpgsql STABLE AS $$
DECLARE v_count int;
BEGIN
  IF p_seq <= p_after THEN RETURN 0; END IF;
  IF p_seq - p_after > 200 THEN RETURN 100; END IF;
  SELECT count(*) INTO v_count FROM messages m
    WHERE m.conversation_id = p_conversation AND m.seq > p_after AND m.seq <= p_seq
      AND m.sender_id IS NOT NULL AND m.sender_id <> p_user AND m.deleted_at IS NULL;
  RETURN least(v_count, 100);
END $$;--> statement-breakpoint

-- Forward within a rev; rev + 1 sets the mark anywhere; an older rev changes nothing. Not in the log: it concerns one user.
CREATE FUNCTION mark_read(p_conversation bigint, p_user bigint, p_session bigint, p_rev int, p_seq int,
  OUT outcome text, OUT read_rev int, OUT read_seq int, OUT uver int, OUT unread int)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_seq int; v_from int; v_target int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_user AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  SELECT m.read_rev, m.read_seq, m.uver, m.from_seq INTO read_rev, read_seq, uver, v_from FROM members m
    WHERE m.conversation_id = p_conversation AND m.user_id = p_user AND m.left_ver IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;
  SELECT c.seq INTO v_seq FROM conversations c WHERE c.id = p_conversation;
  v_target := least(p_seq, v_seq);
  outcome := 'already';
  IF p_rev > read_rev + 1 THEN p_rev := read_rev; END IF;
  IF p_rev = read_rev + 1 OR (p_rev = read_rev AND v_target > read_seq) THEN
    outcome := 'stored'; read_rev := p_rev; read_seq := v_target;
    UPDATE members m SET read_rev = p_rev, read_seq = v_target WHERE m.conversation_id = p_conversation AND m.user_id = p_user;
    UPDATE user_counters u SET uver = u.uver + 1 WHERE u.user_id = p_user RETURNING u.uver INTO uver;
    UPDATE members m SET uver = mark_read.uver WHERE m.conversation_id = p_conversation AND m.user_id = p_user;
    INSERT INTO commits (user_ids, uvers) VALUES (ARRAY[p_user], ARRAY[uver]);
  END IF;
  unread := count_unread(p_conversation, p_user, greatest(read_seq, v_from - 1), v_seq);
END $$;
