-- What may still be done to one's own message. As in 0001: lock the conversation, dedupe, then session, membership and rules.
-- A deleted message keeps its row, its seq and its client id, so that a late resend finds it and nothing is ever sent twice.

CREATE FUNCTION standing_of(p_conversation bigint, p_actor bigint, p_session bigint, OUT outcome text, OUT from_seq int)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = p_session AND s.user_id = p_actor AND s.revoked_at IS NULL) THEN
    outcome := 'session_ended'; RETURN;
  END IF;
  SELECT 'go', m.from_seq INTO outcome, from_seq
    FROM members m WHERE m.conversation_id = p_conversation AND m.user_id = p_actor AND m.left_ver IS NULL;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; END IF;
END $$;--> statement-breakpoint

-- Lock; dedupe; standing; is it one's own? 'go' means: carry on under the lock, with the message as it is.
CREATE FUNCTION begin_change_of_own(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_seq int,
  OUT outcome text, OUT ver int, OUT is_deleted boolean)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_from int; v_sender bigint;
BEGIN
  PERFORM 1 FROM conversations c WHERE c.id = p_conversation FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;
  SELECT 'already', c.ver INTO outcome, ver FROM changes c
    WHERE c.conversation_id = p_conversation AND c.actor_id = p_actor AND c.op_id = p_op;
  IF FOUND THEN RETURN; END IF;
  SELECT s.outcome, s.from_seq INTO outcome, v_from FROM standing_of(p_conversation, p_actor, p_session) s;
  IF outcome <> 'go' THEN RETURN; END IF;
  SELECT m.sender_id, m.ver, m.deleted_at IS NOT NULL INTO v_sender, ver, is_deleted
    FROM messages m WHERE m.conversation_id = p_conversation AND m.seq = p_seq AND m.seq >= v_from;
  IF NOT FOUND THEN outcome := 'message_not_found'; RETURN; END IF;
  -- A system message has no sender.
  IF v_sender IS DISTINCT FROM p_actor THEN outcome := 'not_allowed'; END IF;
END $$;--> statement-breakpoint

CREATE FUNCTION edit_message(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_seq int, p_base int, p_body text,
  OUT outcome text, OUT seq int, OUT ver int)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_deleted boolean;
BEGIN
  seq := p_seq;
  SELECT b.outcome, b.ver, b.is_deleted INTO outcome, ver, v_deleted FROM begin_change_of_own(p_conversation, p_actor, p_session, p_op, p_seq) b;
  IF outcome <> 'go' THEN RETURN; END IF;
  IF v_deleted THEN outcome := 'message_deleted'; RETURN; END IF;
  IF p_base < ver THEN outcome := 'stale'; RETURN; END IF;
  ver := append_change(p_conversation, 5, p_seq, p_actor, p_op);
  UPDATE messages m SET ver = edit_message.ver, body = p_body, edited_at = greatest(clock_timestamp(), m.created_at)
    WHERE m.conversation_id = p_conversation AND m.seq = p_seq;
  PERFORM append_commit(p_conversation, '{}');
  outcome := 'stored';
END $$;--> statement-breakpoint

-- The caller holds the lock. Always later than the message was made: the same moment means that it was cancelled.
CREATE FUNCTION blank_message(p_conversation bigint, p_seq int, p_actor bigint, p_op uuid) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_ver int;
BEGIN
  v_ver := append_change(p_conversation, 5, p_seq, p_actor, p_op);
  UPDATE messages m SET ver = v_ver, body = NULL, edited_at = NULL,
      deleted_at = greatest(clock_timestamp(), m.created_at + interval '1 microsecond')
    WHERE m.conversation_id = p_conversation AND m.seq = p_seq;
  PERFORM append_commit(p_conversation, '{}');
  RETURN v_ver;
END $$;--> statement-breakpoint

CREATE FUNCTION delete_message(p_conversation bigint, p_actor bigint, p_session bigint, p_op uuid, p_seq int,
  OUT outcome text, OUT seq int, OUT ver int)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_deleted boolean;
BEGIN
  seq := p_seq;
  SELECT b.outcome, b.ver, b.is_deleted INTO outcome, ver, v_deleted FROM begin_change_of_own(p_conversation, p_actor, p_session, p_op, p_seq) b;
  IF outcome <> 'go' THEN RETURN; END IF;
  IF v_deleted THEN outcome := 'already'; RETURN; END IF;
  ver := blank_message(p_conversation, p_seq, p_actor, p_op);
  outcome := 'stored';
END $$;--> statement-breakpoint

-- Stored: deleted. Not stored: the id is reserved by a row that was deleted the moment it was made, so that a send still on its
-- way finds it and never appears. Such a row moves neither last_at nor a read mark: nobody wrote anything.
CREATE FUNCTION cancel_message(p_conversation bigint, p_actor bigint, p_session bigint, p_id uuid,
  OUT outcome text, OUT seq int, OUT ver int)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE v_deleted boolean := false; v_at timestamptz;
BEGIN
  PERFORM 1 FROM conversations c WHERE c.id = p_conversation FOR NO KEY UPDATE;
  IF NOT FOUND THEN outcome := 'conversation_not_found'; RETURN; END IF;
  SELECT m.seq, m.ver, m.deleted_at IS NOT NULL INTO seq, ver, v_deleted
    FROM messages m WHERE m.conversation_id = p_conversation AND m.sender_id = p_actor AND m.client_id = p_id;
  IF v_deleted THEN outcome := 'already'; RETURN; END IF;
  SELECT s.outcome INTO outcome FROM standing_of(p_conversation, p_actor, p_session) s;
  IF outcome <> 'go' THEN RETURN; END IF;
  outcome := 'stored';
  IF seq IS NOT NULL THEN
    ver := blank_message(p_conversation, seq, p_actor, NULL);
    RETURN;
  END IF;
  UPDATE conversations c SET seq = c.seq + 1 WHERE c.id = p_conversation RETURNING c.seq, c.last_at INTO seq, v_at;
  ver := append_change(p_conversation, 1, seq, NULL, NULL);
  INSERT INTO messages (conversation_id, seq, ver, client_id, sender_id, created_at, deleted_at)
    VALUES (p_conversation, cancel_message.seq, cancel_message.ver, p_id, p_actor, v_at, v_at);
  PERFORM append_commit(p_conversation, '{}');
END $$;
