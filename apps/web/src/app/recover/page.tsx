import { RecoverPage } from '../../features/security/recover-page';

/** Outside of both gates: a link is good whether or not somebody is signed in. */
export default function Recover() {
  return <RecoverPage />;
}
