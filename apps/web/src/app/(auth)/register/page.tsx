import { RegisterPage } from '../../../features/session/register-page';

export default function Register() {
  return <RegisterPage />;
}
