import { RegisterForm } from '../../../features/session/register-form';

export default function RegisterPage() {
  return <RegisterForm />;
}
