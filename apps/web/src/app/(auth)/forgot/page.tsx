import { ForgotPage } from '../../../features/security/forgot-page';

export default function Forgot() {
  return <ForgotPage />;
}
